#include "floe/dtls/session.h"

#include <algorithm>
#include <utility>

#include "association.h"
#include "floe/dtls/early_datagrams.h"

namespace floe::dtls {

namespace {

/// Of what the handshake protects: its last message and everything after it.
constexpr std::uint16_t kProtectedEpoch = 1;

bool holds_data(const Record& record) {
  return record.epoch == kProtectedEpoch && record.type == ContentType::application_data &&
         record.whole.size() > kRecordOverhead;
}

}  // namespace

Session::Session(const Certificate& certificate, const Options& options, RandomSource& random)
    : role_(options.role),
      association_(std::make_unique<Association>(certificate, options, random)),
      early_(std::make_unique<EarlyDatagrams>()),
      awaits_path_(options.awaits_path) {}

Session::~Session() = default;

void Session::set_peer_fingerprints(Timestamp now, const std::vector<Fingerprint>& fingerprints) {
  if (knows_fingerprints_) return;
  knows_fingerprints_ = true;
  association_->set_peer_fingerprints(fingerprints);
  begin_if_ready(now);
}

void Session::start(Timestamp now) {
  started_ = true;
  begin_if_ready(now);
}

void Session::begin_if_ready(Timestamp now) {
  if (state_ != State::waiting || !started_ || !knows_fingerprints_) return;
  state_ = State::handshaking;
  if (role_ == Role::client) {
    begin_patience(now);
    association_->set_time(now);
    advance();
  }
  for (const ByteVector& datagram : early_->take()) process(now, datagram);
}

void Session::begin_patience(Timestamp now) {
  if (gives_up_ == kNever) gives_up_ = now + kHandshakeTimeMax;
}

void Session::handle_path(Timestamp now, const std::optional<Duration>& round_trip) {
  if (!std::exchange(awaits_path_, false) || state_ == State::over) return;
  association_->handle_path(now, round_trip);
  if (gives_up_ != kNever) gives_up_ = now + kHandshakeTimeMax;
}

void Session::handle_datagram(Timestamp now, Bytes datagram) {
  if (state_ == State::over) return;
  if (state_ != State::waiting) return process(now, datagram);
  if (!early_->keep(datagram)) ++counters_.not_kept;
}

void Session::process(Timestamp now, Bytes datagram) {
  association_->set_time(now);
  if (state_ == State::handshaking) begin_patience(now);
  while (!datagram.empty() && state_ != State::over) {
    const auto record = take_record(datagram);
    if (!record) {
      ++counters_.truncated;
      return;
    }
    handle_record(*record);
  }
}

void Session::handle_record(const Record& record) {
  if (state_ == State::secured) return handle_protected_record(record);
  association_->give(record);
  advance();
}

void Session::handle_protected_record(const Record& record) {
  if (record.epoch != kProtectedEpoch) {
    ++counters_.unexpected;
    return;
  }
  if (holds_data(record)) {
    ByteVector data;
    if (opens(record, data)) outputs_.push_back(DataReceived{std::move(data)});
    return;
  }
  // After mbedTLS has taken a record, it takes it for a replay.
  if (!is_good(record)) return;
  association_->give(record);
  advance();
  // mbedTLS passes over an empty record without a word.
  const bool is_empty_datagram =
      record.type == ContentType::application_data && state_ == State::secured;
  if (is_empty_datagram) outputs_.emplace_back(DataReceived{});
}

std::optional<Bytes> Session::open(Timestamp now, Bytes datagram, ByteVector& room) {
  Bytes rest = datagram;
  const auto record = state_ == State::secured ? take_record(rest) : std::nullopt;
  if (!record || !rest.empty() || !holds_data(*record)) {
    handle_datagram(now, datagram);
    return std::nullopt;
  }
  association_->set_time(now);
  if (!opens(*record, room)) return std::nullopt;
  return Bytes(room);
}

// RFC 6347, section 4.1.2.7: "In general, invalid records SHOULD be silently discarded, thus
// preserving the association". mbedTLS does so without a word; whether a record gave data says
// that it was good, and what gave none is examined.
bool Session::opens(const Record& record, ByteVector& room) {
  if (association_->open(record, room)) return true;
  const std::size_t outputs = outputs_.size();
  advance();
  if (outputs_.size() == outputs) is_good(record);
  return false;
}

bool Session::is_good(const Record& record) {
  const Association::Flaw flaw = association_->examine(record);
  if (flaw == Association::Flaw::replayed) ++counters_.replayed;
  if (flaw == Association::Flaw::forged) ++counters_.forged;
  return flaw == Association::Flaw::none;
}

void Session::advance() {
  ByteVector data;
  for (;;) {
    const Association::Step step = association_->step(data);
    collect_datagrams();
    switch (step) {
      case Association::Step::waits:
        return;
      case Association::Step::secured:
        state_ = State::secured;
        association_->lift_mtu();
        gives_up_ = kNever;
        outputs_.push_back(Secured{*association_->peer(), association_->cipher(),
                                   association_->protocol(), association_->srtp_profile()});
        break;
      case Association::Step::has_data:
        outputs_.push_back(DataReceived{std::exchange(data, {})});
        break;
      case Association::Step::closed_by_peer:
        // RFC 5246, section 7.2.1: "The other party MUST respond with a close_notify alert of its
        // own and close down the connection immediately, discarding any pending writes."
        association_->close();
        collect_datagrams();
        outputs_.push_back(ClosedByPeer{});
        return end();
      case Association::Step::failed:
        outputs_.push_back(association_->failure());
        return end();
    }
  }
}

void Session::collect_datagrams() {
  for (ByteVector& datagram : association_->take_datagrams()) {
    outputs_.push_back(Transmit{std::move(datagram)});
  }
}

void Session::end() {
  state_ = State::over;
  gives_up_ = kNever;
}

void Session::handle_timeout(Timestamp now) {
  if (now < deadline()) return;
  if (now >= gives_up_) {
    outputs_.push_back(make_failed(FailureReason::timeout));
    return end();
  }
  association_->set_time(now);
  advance();
}

Timestamp Session::deadline() const {
  if (state_ != State::handshaking || awaits_path_) return kNever;
  return std::min(gives_up_, association_->deadline());
}

std::optional<Output> Session::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  Output output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

SendResult Session::send(Timestamp now, Bytes bytes) {
  const auto record = seal(now, bytes);
  if (!record) return record.error();
  outputs_.push_back(Transmit{{record->begin(), record->end()}});
  return SendResult::sent;
}

Result<Bytes, SendResult> Session::seal(Timestamp now, Bytes bytes) {
  if (state_ == State::over) return SendResult::closed;
  if (state_ != State::secured) return SendResult::not_ready;
  if (bytes.size() > max_datagram_size()) return SendResult::too_long;
  association_->set_time(now);
  const auto record = association_->seal(bytes);
  if (record) return *record;
  outputs_.push_back(make_failed(FailureReason::limit));
  end();
  return SendResult::closed;
}

std::size_t Session::max_datagram_size() const {
  return association_->max_datagram_size();
}

void Session::close(Timestamp now) {
  if (state_ == State::over) return;
  association_->set_time(now);
  association_->close();
  collect_datagrams();
  end();
}

std::optional<ByteVector> Session::export_keying_material(std::string_view label,
                                                          std::size_t length) const {
  if (!is_secured()) return std::nullopt;
  return association_->exporter().export_keying_material(label, length);
}

Bytes Session::peer_certificate() const {
  return association_->peer_certificate();
}

bool Session::is_secured() const {
  return association_->is_secured();
}

}  // namespace floe::dtls
