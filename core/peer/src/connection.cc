#include "floe/peer/connection.h"

#include <algorithm>
#include <utility>

#include "floe/api/datagram_socket.h"
#include "protected_agent.h"
#include "recovery.h"

namespace floe::peer {

Connection::Connection(const ice::AgentConfig& config, RandomSource& random, Crypto& crypto,
                       ice::SharedPacer* shared_pacer)
    : random_(random), crypto_(crypto), agent_(config, random, crypto, shared_pacer) {}

Connection::~Connection() = default;

// Signalling --------------------------------------------------------------------------------------

void Connection::negotiate(signal::SessionOptions options) {
  if (!session_) session_ = std::make_unique<signal::Session>(std::move(options), agent_);
}

bool Connection::secure(const SecurityOptions& options) {
  if (protected_) return true;
  auto protection = make_protection(options, random_, crypto_);
  if (protection) protected_ = std::make_unique<ProtectedAgent>(agent_, std::move(protection));
  return is_protected();
}

void Connection::announce() {
  if (session_) session_->start(agent_);
}

void Connection::handle_message(Timestamp now, const signal::Message& message) {
  if (!session_) return;
  const signal::Description* theirs = description_of_peer(message);
  if (theirs != nullptr) peer_sctp_ = theirs->sctp;
  const bool again = protected_ && !session_->has_ended() && note_for_protection(message, theirs);
  session_->receive(now, message, agent_);
  if (again) session_->repeat_description(agent_);
}

/// Null for this end's own description, too; the session says so when it comes back.
const signal::Description* Connection::description_of_peer(const signal::Message& message) const {
  const auto* description = std::get_if<signal::Description>(&message);
  const bool is_own =
      description != nullptr && description->credentials.ufrag == agent_.local_credentials().ufrag;
  return is_own ? nullptr : description;
}

/// True: the peer has begun anew, and waits for a description.
bool Connection::note_for_protection(const signal::Message& message,
                                     const signal::Description* description) {
  Protection& protection = protected_->protection();
  if (const auto* reveal = std::get_if<signal::Reveal>(&message)) {
    protection.handle_reveal(*reveal);
  }
  if (description == nullptr || !protection.handle_parameters(description->dtls)) return false;
  ends_at_ = kNever;
  return true;
}

void Connection::handle_name(Timestamp now, const signal::NameResolved& answer) {
  if (session_) session_->handle_name(now, answer, agent_);
}

void Connection::restart(Timestamp now) {
  session_ ? session_->restart(now, agent_) : agent_.restart(now);
}

void Connection::repeat_description() {
  if (session_) session_->repeat_description(agent_);
  if (protected_) protected_->protection().repeat();
}

void Connection::bye(std::string_view reason) {
  if (session_) session_->bye(reason);
}

void Connection::close(Timestamp now, std::string_view reason) {
  if (is_closed()) return;
  bye(reason);
  close(now);
}

void Connection::close(Timestamp now) {
  if (is_closed()) return;
  if (protected_) protected_->close(now);
  agent_.close(now);
}

void Connection::recover() {
  if (session_ && !recovery_) recovery_ = std::make_unique<Recovery>();
}

void Connection::handle_timeout(Timestamp now) {
  agent_.handle_timeout(now);
  if (protected_) protected_->handle_timeout(now);
  if (now >= ends_at_) agent_.close(now);
  if (!recovery_ || is_closed() || !recovery_->take(now, agent_.role())) return;
  restarted_ = RestartedByItself{recovery_->attempts()};
  restart(now);
}

Timestamp Connection::deadline() const {
  Timestamp earliest = agent_.deadline();
  if (recovery_) earliest = std::min(earliest, recovery_->deadline());
  if (protected_ && !is_closed()) {
    earliest = std::min({earliest, protected_->protection().deadline(), ends_at_});
  }
  return earliest;
}

ice::State Connection::state() const {
  return protected_ ? protected_->shown(agent_.state()) : agent_.state();
}

bool Connection::is_connected() const {
  return state() == ice::State::connected || state() == ice::State::completed;
}

// Data --------------------------------------------------------------------------------------------

ice::SendResult Connection::send(Timestamp now, ice::StreamComponent component, Bytes payload) {
  if (is_closed()) return ice::SendResult::no_path;
  return protected_ ? protected_->send(now, component, payload)
                    : agent_.send(now, component, payload);
}

Result<Bytes, ice::SendResult> Connection::seal(Timestamp now, ice::StreamComponent component,
                                                Bytes payload) {
  if (!protected_) return payload;
  if (is_closed()) return ice::SendResult(ice::SendResult::no_path);
  return protected_->seal(now, component, payload);
}

std::optional<Bytes> Connection::open(Timestamp now, ice::StreamComponent component, Bytes payload,
                                      ByteVector& room) {
  return protected_ ? protected_->open(now, component, payload, room) : payload;
}

std::size_t Connection::max_datagram_size(ice::StreamComponent component) const {
  if (protected_) return protected_->protection().max_datagram_size(component);
  return !is_closed() && agent_.selected_pair(component) ? kMaxDatagramSize : 0;
}

std::optional<ByteVector> Connection::export_keying_material(ice::StreamComponent component,
                                                             std::string_view label,
                                                             std::size_t length) const {
  if (!protected_) return std::nullopt;
  return protected_->protection().export_keying_material(component, label, length);
}

std::optional<signal::DtlsStatistics> Connection::dtls_statistics() const {
  if (!protected_) return std::nullopt;
  return protected_->statistics(is_closed() || was_ended_by_peer());
}

// Outputs -----------------------------------------------------------------------------------------

std::optional<Output> Connection::poll_output() {
  if (restarted_) return *std::exchange(restarted_, std::nullopt);
  if (session_) {
    if (auto output = poll_session()) return output;
  }
  return protected_ ? poll_protected() : poll_agent();
}

std::optional<Output> Connection::poll_session() {
  if (session_->has_ended() && !std::exchange(bye_was_told_, true)) {
    return PeerSaidBye{session_->bye_reason()};
  }
  if (auto message = session_->poll_message()) {
    auto* description = std::get_if<signal::Description>(&*message);
    if (description != nullptr && protected_) {
      description->dtls = protected_->protection().describe();
    }
    if (description != nullptr) description->sctp = sctp_;
    return std::move(*message);
  }
  if (auto error = session_->poll_error()) return std::move(*error);
  if (auto skipped = session_->poll_skipped()) return std::move(*skipped);
  if (auto name = session_->poll_name()) return std::move(*name);
  return std::nullopt;
}

std::optional<Output> Connection::poll_agent() {
  auto output = agent_.poll_output();
  if (!output) return std::nullopt;
  const auto* event = std::get_if<ice::Event>(&*output);
  // The signalling needs no application data, and most events are application data.
  if (event != nullptr && session_ && !std::holds_alternative<ice::DataReceived>(*event)) {
    note_agent_event(*event);
  }
  return std::move(*output);
}

void Connection::note_agent_event(const ice::Event& event) {
  session_->handle_event(event, agent_);
  if (recovery_) recovery_->handle_event(event, agent_.role());
}

// Protected ---------------------------------------------------------------------------------------

std::optional<Output> Connection::poll_protected() {
  const auto note = [this](const ice::Event& event) {
    if (session_) note_agent_event(event);
  };
  auto output = protected_->poll_output(note);
  if (!output) return std::nullopt;
  if (auto* of_agent = std::get_if<ice::Output>(&*output)) return std::move(*of_agent);
  if (auto* reveal = std::get_if<signal::Reveal>(&*output)) return signal::Message(*reveal);
  if (auto* secured = std::get_if<Secured>(&*output)) return std::move(*secured);
  if (auto* failed = std::get_if<SecurityFailed>(&*output)) return end_insecure(*failed);
  ends_at_ = protected_->now() + kByePatience;
  return poll_protected();
}

Output Connection::end_insecure(const SecurityFailed& failed) {
  bye(failed.message);
  close(protected_->now());
  return failed;
}

}  // namespace floe::peer
