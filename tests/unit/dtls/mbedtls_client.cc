#include "dtls/mbedtls_client.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "draw_random.h"
#include "key_pair.h"

namespace floe::testing {

using namespace dtls;

MbedtlsClient::MbedtlsClient(RandomSource& random, const Certificate* certificate) {
  mbedtls_ssl_config_init(&config_);
  mbedtls_ssl_init(&ssl_);
  REQUIRE(mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_CLIENT,
                                      MBEDTLS_SSL_TRANSPORT_DATAGRAM,
                                      MBEDTLS_SSL_PRESET_DEFAULT) == 0);
  mbedtls_ssl_conf_rng(&config_, draw_random, &random);
  mbedtls_ssl_conf_max_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_NONE);
#if defined(MBEDTLS_SSL_RENEGOTIATION)
  mbedtls_ssl_conf_renegotiation(&config_, MBEDTLS_SSL_RENEGOTIATION_ENABLED);
#endif
  if (certificate != nullptr) {
    KeyPair& pair = certificate->key_pair();
    REQUIRE(mbedtls_ssl_conf_own_cert(&config_, &pair.certificate, &pair.key) == 0);
  }
  REQUIRE(mbedtls_ssl_setup(&ssl_, &config_) == 0);
  mbedtls_ssl_set_bio(&ssl_, this, send, receive, nullptr);
  mbedtls_ssl_set_timer_cb(&ssl_, this, set_timer, get_timer);
}

MbedtlsClient::~MbedtlsClient() {
  mbedtls_ssl_free(&ssl_);
  mbedtls_ssl_config_free(&config_);
}

int MbedtlsClient::step() {
#if defined(MBEDTLS_SSL_RENEGOTIATION)
  if (asks_again_) return mbedtls_ssl_renegotiate(&ssl_);
#endif
  if (!mbedtls_ssl_is_handshake_over(&ssl_)) return mbedtls_ssl_handshake(&ssl_);
  unsigned char data[2048];
  return mbedtls_ssl_read(&ssl_, data, sizeof data);
}

MbedtlsClient::Result MbedtlsClient::talk_to(Session& server, Timestamp now) {
  Result result;
  do {
    step();
    for (const ByteVector& datagram : std::exchange(to_server_, {})) {
      server.handle_datagram(now, datagram);
    }
    while (auto output = server.poll_output()) {
      if (auto* transmit = std::get_if<Transmit>(&*output)) take(transmit->datagram);
      if (auto* failed = std::get_if<Failed>(&*output)) result.failed = *failed;
      if (std::holds_alternative<Secured>(*output)) result.secured = true;
    }
  } while (!from_server_.empty());
  return result;
}

std::vector<Record> MbedtlsClient::ask_again(Session& server, Timestamp now) {
  asks_again_ = true;
  all_from_server_.clear();
  talk_to(server, now);
  std::vector<Record> records;
  for (const ByteVector& datagram : all_from_server_) {
    Bytes rest(datagram);
    while (const auto record = take_record(rest)) records.push_back(*record);
  }
  return records;
}

void MbedtlsClient::take(const ByteVector& datagram) {
  constexpr std::uint8_t kAlert = 21;
  if (datagram[0] == kAlert && alert_ == 0) alert_ = datagram.back();
  from_server_.push_back(datagram);
  all_from_server_.push_back(datagram);
}

int MbedtlsClient::send(void* self, const unsigned char* bytes, std::size_t size) {
  static_cast<MbedtlsClient*>(self)->to_server_.emplace_back(bytes, bytes + size);
  return static_cast<int>(size);
}

int MbedtlsClient::receive(void* self, unsigned char* out, std::size_t) {
  auto& waiting = static_cast<MbedtlsClient*>(self)->from_server_;
  if (waiting.empty()) return MBEDTLS_ERR_SSL_WANT_READ;
  const ByteVector datagram = std::move(waiting.front());
  waiting.pop_front();
  std::ranges::copy(datagram, out);
  return static_cast<int>(datagram.size());
}

}  // namespace floe::testing
