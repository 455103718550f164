#include "agent_object.h"

#include <algorithm>

#include "conversion.h"
#include "counters.h"
#include "event_log.h"
#include "floe/api/datagram_socket.h"
#include "floe/signal/message_codec.h"

namespace floe::c {
namespace {

floe_error to_c(ice::AddCandidateResult result) {
  switch (result) {
    case ice::AddCandidateResult::added:
    case ice::AddCandidateResult::duplicate:
      return FLOE_OK;
    case ice::AddCandidateResult::limit:
      return FLOE_ERROR_LIMIT;
    case ice::AddCandidateResult::unknown_component:
      return FLOE_ERROR_ARGUMENT;
    case ice::AddCandidateResult::unusable:
      return FLOE_ERROR_ADDRESS;
    case ice::AddCandidateResult::closed:
      return FLOE_ERROR_CLOSED;
  }
  return FLOE_ERROR_ARGUMENT;
}

floe_error to_c(signal::SessionErrorCode code) {
  switch (code) {
    case signal::SessionErrorCode::bad_candidate:
      return FLOE_ERROR_BAD_CANDIDATE;
    case signal::SessionErrorCode::credentials_reused:
    case signal::SessionErrorCode::restart_not_answered:
      return FLOE_ERROR_CREDENTIALS_REUSED;
    case signal::SessionErrorCode::own_description:
      return FLOE_ERROR_OWN_DESCRIPTION;
    case signal::SessionErrorCode::agent_refused:
      return FLOE_ERROR_CLOSED;
  }
  return FLOE_ERROR_BAD_MESSAGE;
}

/// Empty when `size` says that there are bytes and the pointer is NULL.
std::optional<Bytes> view(const std::uint8_t* data, std::size_t size) {
  if (data == nullptr && size != 0) return std::nullopt;
  return Bytes(data, size);
}

}  // namespace

AgentObject::AgentObject(Configuration configuration)
    : log_(configuration.log, configuration.log_user, configuration.log_minimum, calls_),
      random_(configuration.random, configuration.random_user, calls_),
      components_(configuration.agent.components),
      connection_(configuration.agent, random_, crypto_) {
  connection_.negotiate(std::move(configuration.session));
  if (configuration.security) connection_.secure(*configuration.security);
  if (configuration.recovers) connection_.recover();
}

void AgentObject::destroy() {
  delete static_cast<floe_agent*>(this);
}

// Inputs ------------------------------------------------------------------------------------------

floe_error AgentObject::handle(Timestamp now, const floe_input& input) {
  now_ = std::max(now_, now);
  const bool may_come_late = input.kind == FLOE_INPUT_DEADLINE || input.kind == FLOE_INPUT_CLOSE;
  if (connection_.is_closed() && !may_come_late) return FLOE_ERROR_CLOSED;
  switch (input.kind) {
    case FLOE_INPUT_START_GATHERING:
      connection_.announce();
      agent().start_gathering(now_);
      return FLOE_OK;
    case FLOE_INPUT_LOCAL_SOCKET:
      return add_local_socket(input.local_socket);
    case FLOE_INPUT_REMOVE_LOCAL_SOCKET:
      return remove_local_socket(input.local_socket);
    case FLOE_INPUT_END_OF_LOCAL_SOCKETS:
      agent().end_of_local_sockets(now_);
      return FLOE_OK;
    case FLOE_INPUT_SIGNAL:
      return receive_signal(input.signal);
    case FLOE_INPUT_DATAGRAM:
      return receive_datagram(input.datagram);
    case FLOE_INPUT_DEADLINE:
      connection_.handle_timeout(now_);
      return FLOE_OK;
    case FLOE_INPUT_SEND:
      return send(input.send);
    case FLOE_INPUT_RESTART:
      connection_.restart(now_);
      return FLOE_OK;
    case FLOE_INPUT_REPEAT_SIGNALS:
      connection_.repeat_description();
      return FLOE_OK;
    case FLOE_INPUT_CLOSE:
      return close(input.close);
    case FLOE_INPUT_STUN_SERVER:
      return add_stun_server(input.stun_server);
    case FLOE_INPUT_TURN_SERVER:
      return add_turn_server(input.turn_server);
    case FLOE_INPUT_EXTERNAL_SOCKET:
      return add_external_socket(input.external_socket);
    default:
      return FLOE_ERROR_ARGUMENT;
  }
}

floe_error AgentObject::add_local_socket(const floe_local_socket& socket) {
  const auto address = from_c(socket.address);
  if (!address) return FLOE_ERROR_ADDRESS;
  return to_c(agent().add_local_socket(now_, socket.component, *address, socket.preference));
}

floe_error AgentObject::add_external_socket(const floe_external_socket& socket) {
  const auto address = from_c(socket.socket.address);
  const auto external = from_c(socket.external);
  if (!address || !external || address->ip.family() != external->ip.family()) {
    return FLOE_ERROR_ADDRESS;
  }
  if (socket.hides_address > 1) return FLOE_ERROR_ARGUMENT;
  return to_c(agent().add_local_socket(now_, {.id = socket.socket.component,
                                              .base = *address,
                                              .local_preference = socket.socket.preference,
                                              .external = *external,
                                              .hides_base = socket.hides_address == 1}));
}

floe_error AgentObject::add_stun_server(const floe_address& server) {
  const ice::AgentConfig& config = agent().config();
  if (config.implementation == ice::Implementation::lite ||
      config.policy == ice::CandidatePolicy::relay) {
    return FLOE_ERROR_ARGUMENT;
  }
  const auto address = from_c(server);
  if (!address) return FLOE_ERROR_ADDRESS;
  if (std::ranges::find(stun_servers_, *address) != stun_servers_.end()) return FLOE_OK;
  if (stun_servers_.size() == ice::kStunServersMax) return FLOE_ERROR_LIMIT;
  if (!agent().add_stun_server(now_, *address)) return FLOE_ERROR_ADDRESS;
  stun_servers_.push_back(*address);
  return FLOE_OK;
}

floe_error AgentObject::add_turn_server(const floe_turn_server& server) {
  if (agent().config().implementation == ice::Implementation::lite) return FLOE_ERROR_ARGUMENT;
  const auto address = from_c(server.address);
  if (!address || address->port == 0) return FLOE_ERROR_ADDRESS;
  const auto text_of = [](const char* text) { return std::string(text == nullptr ? "" : text); };
  const stun::LongTermCredentials credentials{text_of(server.username), text_of(server.password)};
  const bool added = agent().add_turn_server(
      now_, {.address = *address, .transport = turn::Transport::udp, .credentials = credentials});
  return added ? FLOE_OK : FLOE_ERROR_LIMIT;
}

floe_error AgentObject::remove_local_socket(const floe_local_socket& socket) {
  const auto address = from_c(socket.address);
  if (!address) return FLOE_ERROR_ADDRESS;
  agent().remove_local_socket(now_, *address);
  return FLOE_OK;
}

floe_error AgentObject::receive_signal(const floe_signal& signal) {
  if (signal.text == nullptr) return FLOE_ERROR_ARGUMENT;
  ++signals_received_;
  const auto parsed = signal::parse_message(std::string_view(signal.text, signal.size));
  if (parsed) {
    connection_.handle_message(now_, parsed->message);
  } else {
    reject(parsed.error());
  }
  return FLOE_OK;
}

void AgentObject::reject(signal::MessageError error) {
  if (error == signal::MessageError::unknown_type) {
    ++signals_unknown_;
    return;
  }
  ++signals_bad_;
  log_.log(LogLevel::warning, "signal", to_text(error));
  if (errors_.size() == kErrorsMax) {
    ++errors_dropped_;
    return;
  }
  errors_.push_back({FLOE_ERROR_BAD_MESSAGE, std::string(to_text(error))});
}

floe_error AgentObject::receive_datagram(const floe_datagram& datagram) {
  const auto local = from_c(datagram.local);
  const auto remote = from_c(datagram.remote);
  const auto payload = view(datagram.data, datagram.size);
  if (!local || !remote) return FLOE_ERROR_ADDRESS;
  if (!payload) return FLOE_ERROR_ARGUMENT;
  if (payload->size() > kMaxDatagramSize) return FLOE_ERROR_TOO_BIG;
  const auto kept = payloads_.keep(*payload);
  if (!kept) return FLOE_ERROR_LIMIT;
  agent().handle_datagram(now_, *local, *remote, *kept);
  return FLOE_OK;
}

floe_error AgentObject::send(const floe_data& data) {
  const auto payload = view(data.data, data.size);
  if (!payload || data.component == 0 || data.component > components_) return FLOE_ERROR_ARGUMENT;
  if (payload->size() > kMaxDatagramSize) {
    agent().count_not_sent(ice::SendResult::too_large);
    return FLOE_ERROR_TOO_BIG;
  }
  const auto kept = payloads_.keep(*payload);
  if (!kept) return FLOE_ERROR_LIMIT;
  const ice::SendResult sent = connection_.send(now_, data.component, *kept);
  if (!sent) payloads_.drop_last();
  return c::to_c(sent);
}

floe_error AgentObject::close(const floe_close& close) {
  connection_.close(now_, close.reason == nullptr ? "closed" : close.reason);
  return FLOE_OK;
}

// Outputs -----------------------------------------------------------------------------------------

void AgentObject::poll(floe_output& out) {
  if (poll_error(out)) return;
  while (const auto output = connection_.poll_output()) {
    if (write(*output, out)) return;
  }
  payloads_.clear();
}

bool AgentObject::poll_error(floe_output& out) {
  if (errors_.empty()) return false;
  const Error error = std::move(errors_.front());
  errors_.pop_front();
  writer_.write_error(error.code, error.text, out);
  return true;
}

bool AgentObject::write(const peer::Output& output, floe_output& out) {
  if (const auto* of_agent = std::get_if<ice::Output>(&output)) return write(*of_agent, out);
  if (const auto* message = std::get_if<signal::Message>(&output)) {
    writer_.write(*message, out);
    return true;
  }
  if (const auto* error = std::get_if<signal::SessionError>(&output)) {
    const std::string text = to_text(*error);
    log_.log(LogLevel::warning, "signal", text);
    writer_.write_error(to_c(error->code), text, out);
    return true;
  }
  if (const auto* skipped = std::get_if<signal::CandidateSkipped>(&output)) {
    log_.log(LogLevel::info, "signal",
             "\"" + skipped->candidate + "\" of the peer is not used: " + skipped->reason);
    writer_.write(*skipped, out);
    return true;
  }
  if (const auto* secured = std::get_if<peer::Secured>(&output)) {
    log_secured(log_, {}, *secured);
    writer_.write(*secured, out);
    return true;
  }
  if (const auto* failed = std::get_if<peer::SecurityFailed>(&output)) {
    log_insecure(log_, {}, *failed);
    writer_.write(*failed, out);
    return true;
  }
  if (const auto* restarted = std::get_if<peer::RestartedByItself>(&output)) {
    log_.log(LogLevel::info, "ice",
             "the path is lost; restarted, attempt " + std::to_string(restarted->attempt));
  }
  return false;  // a bye, or a restart by itself: the state or the description that follows tells
}

bool AgentObject::write(const ice::Output& output, floe_output& out) {
  if (const auto* transmit = std::get_if<ice::Transmit>(&output)) {
    writer_.write(*transmit, out);
    return true;
  }
  // Only an agent with TURN servers over TCP asks for connections, and this API adds none.
  const auto* event = std::get_if<ice::Event>(&output);
  if (event == nullptr) return false;
  if (log_.takes(LogLevel::warning)) log_event(log_, {}, agent(), *event);
  const signal::Session& session = *connection_.session();
  const std::string reason(session.bye_reason());
  return writer_.write(*event, agent(), session.has_ended() ? &reason : nullptr, out);
}

void AgentObject::count(floe_counters& out) const {
  c::count(agent().counters(), out);
  c::count(connection_.session()->counters(), out);
  out.signals_received = signals_received_;
  out.signals_bad = signals_bad_;
  out.signals_of_unknown_type = signals_unknown_;
  out.errors_dropped += errors_dropped_;
}

}  // namespace floe::c
