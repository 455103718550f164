#include "association.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace floe::dtls {

Association::Association(const Certificate& certificate, const Options& options,
                         RandomSource& random)
    : cookies_(random), timer_(first_timeout(options)) {
  if (options.awaits_path) timer_.hold();
  if (options.role == Role::server) stranger_ = options.stranger;
  mbedtls_ssl_init(&ssl_);
  ready_ = prepare(certificate, options, random);
}

Association::~Association() {
  mbedtls_ssl_free(&ssl_);
}

bool Association::prepare(const Certificate& certificate, const Options& options,
                          RandomSource& random) {
  if (!configuration_.set_up(certificate, options, random)) return false;
  mbedtls_ssl_conf_verify(&configuration_.get(), verify, this);
  if (!stranger_.empty()) {
    mbedtls_ssl_conf_dtls_cookies(&configuration_.get(), Cookies::write, Cookies::check, &cookies_);
  }
  if (mbedtls_ssl_setup(&ssl_, &configuration_.get()) != 0) return false;
  mbedtls_ssl_set_bio(&ssl_, this, send_datagram, receive_record, nullptr);
  mbedtls_ssl_set_timer_cb(&ssl_, &timer_, RetransmissionTimer::set, RetransmissionTimer::get);
  mbedtls_ssl_set_export_keys_cb(&ssl_, Exporter::take, &exporter_);
  mbedtls_ssl_set_mtu(
      &ssl_, static_cast<std::uint16_t>(std::clamp<std::size_t>(options.mtu, kMtuMin, 0xffff)));
  // No name is in a certificate that signs itself: verify() looks at the fingerprint.
  return mbedtls_ssl_set_hostname(&ssl_, nullptr) == 0 && name_stranger();
}

/// mbedTLS forgets it with each reset.
bool Association::name_stranger() {
  return stranger_.empty() ||
         mbedtls_ssl_set_client_transport_id(&ssl_, stranger_.data(), stranger_.size()) == 0;
}

void Association::set_time(Timestamp now) {
  timer_.set_time(now);
  cookies_.set_time(now);
}

void Association::give(const Record& record) {
  given_ = record;
  constexpr std::size_t kAlertSize = 2;
  const bool is_readable = record.epoch == 0 && record.payload.size() == kAlertSize;
  if (record.type == ContentType::alert && is_readable) alert_ = record.payload[1];
}

bool Association::open(const Record& record, ByteVector& room) {
  give(record);
  const Step first = step(room);
  if (first == Step::has_data) return true;
  undone_ = first;
  return false;
}

Association::Step Association::step(ByteVector& room) {
  if (undone_) return *std::exchange(undone_, std::nullopt);
  if (!ready_) return Step::failed;
  for (;;) {
    const Step step = secured_ ? read(room) : handshake();
    // An expired timer goes before a record that waits: mbedTLS has sent its flight again and
    // wants to be asked once more.
    if (step != Step::waits || !given_) return step;
  }
}

Association::Step Association::handshake() {
  const int result = timer_.has_expired() ? repeat_flight() : mbedtls_ssl_handshake(&ssl_);
  if (result == MBEDTLS_ERR_SSL_HELLO_VERIFY_REQUIRED) {
    // Nothing is kept of a client without a cookie: the next ClientHello is a first one.
    const bool is_reset = mbedtls_ssl_session_reset(&ssl_) == 0 && name_stranger();
    return is_reset ? Step::waits : Step::failed;
  }
  if (result != 0) return judge(result);
  secured_ = true;
  return Step::secured;
}

// RFC 6347, section 4.1.1.1: "If repeated retransmissions do not result in a response, and the PMTU
// is unknown, subsequent retransmissions SHOULD back off to a smaller record size, fragmenting the
// handshake message as appropriate."
//
// mbedTLS backs off by itself from the second retransmission on. A server keeps that MTU until the
// first data of the peer, for its data, too: an application that was told a size by then would find
// it too long. So mbedTLS is to take each retransmission for the first one, after which it changes
// no MTU, and this end backs off by the MTU that lift_mtu() ends.
int Association::repeat_flight() {
  if (timer_.is_doubled()) mbedtls_ssl_set_mtu(&ssl_, kMtuMin);
  configuration_.set_first_timeout(timer_.told());
  const int result = mbedtls_ssl_handshake(&ssl_);
  configuration_.set_first_timeout(timer_.told_first());
  return result;
}

Association::Step Association::read(ByteVector& room) {
  // Reading nothing decrypts a record; then it is known how long its data is.
  int result = mbedtls_ssl_read(&ssl_, nullptr, 0);
  if (result != 0) return judge(result);
  room.resize(mbedtls_ssl_get_bytes_avail(&ssl_));
  result = mbedtls_ssl_read(&ssl_, room.data(), room.size());
  return result > 0 ? Step::has_data : judge(result);
}

Association::Step Association::judge(int error) {
  if (error == MBEDTLS_ERR_SSL_WANT_READ) return Step::waits;
  if (error == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return Step::closed_by_peer;
  reason_ = reason_of(error);
  if (error == MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE) {
    // RFC 8122, section 6.2, wants a bad_certificate here, and mbedTLS sends none.
    mbedtls_ssl_send_alert_message(&ssl_, MBEDTLS_SSL_ALERT_LEVEL_FATAL,
                                   MBEDTLS_SSL_ALERT_MSG_BAD_CERT);
  }
  return Step::failed;
}

FailureReason Association::reason_of(int error) const {
  if (mismatch_) return FailureReason::fingerprint_mismatch;
  switch (error) {
    case MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE:
      return FailureReason::no_certificate;
    case MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE:
      return FailureReason::refused_by_peer;
    case MBEDTLS_ERR_SSL_TIMEOUT:
      return FailureReason::timeout;
    case MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION:
    case MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE:
    case MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION:
    case MBEDTLS_ERR_SSL_BAD_CERTIFICATE:
      return FailureReason::nothing_in_common;
    case MBEDTLS_ERR_SSL_ALLOC_FAILED:
    case MBEDTLS_ERR_SSL_COUNTER_WRAPPING:
    case MBEDTLS_ERR_SSL_INTERNAL_ERROR:
      return FailureReason::limit;
    default:
      return FailureReason::protocol_error;
  }
}

Failed Association::failure() const {
  return make_failed(reason_, alert_);
}

void Association::lift_mtu() {
  mbedtls_ssl_set_mtu(&ssl_, 0);
}

std::optional<Bytes> Association::seal(Bytes bytes) {
  seals_ = true;
  const int sent = mbedtls_ssl_write(&ssl_, bytes.data(), bytes.size());
  seals_ = false;
  if (sent < 0 || static_cast<std::size_t>(sent) != bytes.size()) return std::nullopt;
  return sealed_;
}

void Association::close() {
  if (secured_) mbedtls_ssl_close_notify(&ssl_);
}

Association::Flaw Association::examine(const Record& record) const {
  ByteVector copy(record.whole.begin(), record.whole.end());
  switch (mbedtls_ssl_check_record(&ssl_, copy.data(), copy.size())) {
    case 0:
      return Flaw::none;
    case MBEDTLS_ERR_SSL_UNEXPECTED_RECORD:
      return Flaw::replayed;
    default:
      return Flaw::forged;
  }
}

std::vector<ByteVector> Association::take_datagrams() {
  return std::exchange(datagrams_, {});
}

std::size_t Association::max_datagram_size() const {
  const int size = mbedtls_ssl_get_max_out_record_payload(&ssl_);
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

std::string_view Association::cipher() const {
  const int id = mbedtls_ssl_get_ciphersuite_id_from_ssl(&ssl_);
  return id == MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
             ? "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
             : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
}

std::optional<SrtpProfile> Association::srtp_profile() const {
  mbedtls_dtls_srtp_info info;
  mbedtls_ssl_get_dtls_srtp_negotiation_result(&ssl_, &info);
  const auto chosen = info.MBEDTLS_PRIVATE(chosen_dtls_srtp_profile);
  if (chosen == MBEDTLS_TLS_SRTP_UNSET) return std::nullopt;
  return static_cast<SrtpProfile>(chosen);
}

Bytes Association::peer_certificate() const {
  const mbedtls_x509_crt* kept = secured_ ? mbedtls_ssl_get_peer_cert(&ssl_) : nullptr;
  return kept == nullptr ? Bytes() : Bytes(kept->raw.p, kept->raw.len);
}

int Association::send_datagram(void* self, const unsigned char* bytes, std::size_t size) {
  auto& association = *static_cast<Association*>(self);
  if (association.seals_) {
    association.sealed_ = Bytes(bytes, size);
  } else {
    association.datagrams_.emplace_back(bytes, bytes + size);
  }
  return static_cast<int>(size);
}

int Association::receive_record(void* self, unsigned char* out, std::size_t size) {
  auto& given = static_cast<Association*>(self)->given_;
  if (!given) return MBEDTLS_ERR_SSL_WANT_READ;
  const Bytes bytes = std::exchange(given, std::nullopt)->whole;
  if (bytes.size() > size) return MBEDTLS_ERR_SSL_WANT_READ;
  std::memcpy(out, bytes.data(), bytes.size());
  return static_cast<int>(bytes.size());
}

// RFC 8122, section 6.2: "If the certificate does not match the original fingerprint, the client
// endpoint MUST terminate the media connection with a bad_certificate error." Its name for mbedTLS
// is the flag of another name in the certificate. Who signed it, and until when it is valid, proves
// nothing here; and only the first certificate is the peer's.
int Association::verify(void* self, mbedtls_x509_crt* certificate, int depth,
                        std::uint32_t* flags) {
  *flags = 0;
  if (depth != 0) return 0;
  auto& association = *static_cast<Association*>(self);
  const Fingerprint shown = Fingerprint::of({certificate->raw.p, certificate->raw.len});
  association.peer_ = shown;
  association.mismatch_ = !shown.is_one_of(association.expected_);
  if (association.mismatch_) *flags = MBEDTLS_X509_BADCERT_CN_MISMATCH;
  return 0;
}

}  // namespace floe::dtls
