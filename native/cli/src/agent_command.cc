#include "agent_command.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "agent_warnings.h"
#include "floe/ice/explanation.h"
#include "identity_files.h"
#include "session_number.h"

namespace floe::cli {
namespace {

native::SystemHostOptions host_options(const AgentOptions& options) {
  native::SystemHostOptions host;
  host.only_addresses = options.bind;
  host.web_socket.tls_ca_file = options.tls_ca_file;
  host.streams.tls_ca_file = options.tls_ca_file;
  host.mdns_interfaces = options.interfaces;
  host.log_minimum = options.verbose ? LogLevel::debug : LogLevel::warning;
  return host;
}

std::string_view error_code_of(ice::SendResult result) {
  if (result == ice::SendResult::queue_full) return "queue-full";
  return result == ice::SendResult::too_large ? "too-big" : "refused";
}

}  // namespace

AgentCommand::AgentCommand(const AgentOptions& options)
    : options_(options), system_(host_options(options)), host_(host_view()) {
  options_.connection.trickle = options_.trickle.value_or(options_.signal != "sdp");
  if (options_.interfaces.empty()) return;
  options_.connection.gather.accepts = [this](const InterfaceAddress& address) {
    return std::ranges::find(options_.interfaces, address.interface_name) !=
           options_.interfaces.end();
  };
}

Host AgentCommand::host_view() {
  if (!options_.gateway.empty()) gateway_.emplace(system_, options_.gateway, options_.token);
  const Host own = gateway_ ? gateway_->api() : system_.api();
  if (!options_.seed) return own;
  own.log.log(LogLevel::warning, "agent", "--seed makes credentials predictable: for tests only");
  seeded_random_.emplace(*options_.seed);
  return {.clock = own.clock,
          .timers = own.timers,
          .datagram_sockets = own.datagram_sockets,
          .network = own.network,
          .random = *seeded_random_,
          .crypto = own.crypto,
          .log = own.log,
          .resolver = own.resolver,
          .streams = own.streams,
          .local_names = own.local_names};
}

bool AgentCommand::read_certificate() {
  if (options_.certificate_file.empty()) return true;
  std::string problem;
  auto identity =
      read_identity(host_.random, options_.certificate_file, options_.key_file, problem);
  if (!identity) host_.log.log(LogLevel::error, "agent", problem);
  options_.connection.security->identity = std::move(identity);
  return problem.empty();
}

int AgentCommand::run() {
  if (!system_.is_open()) {
    host_.log.log(LogLevel::error, "agent", "the system gave no descriptors (see ulimit -n)");
    return 1;
  }
  if (!read_certificate()) return 2;
  for (const std::string& text : warnings_of(options_, host_)) {
    host_.log.log(LogLevel::warning, "agent", text);
  }
  signals_.emplace(system_.loop(), std::initializer_list<int>{SIGINT, SIGTERM},
                   static_cast<native::SignalListener&>(*this));
  if (options_.signal == "stdio" || options_.signal == "sdp") {
    start_over_stdio();
  } else {
    start_in_room();
  }
  input_.emplace(system_.loop(), STDIN_FILENO, static_cast<LineListener&>(*this));
  while (!closed_) system_.loop().run_once();
  // The last messages have not been sent yet.
  for (int pass = 0; room_ && pass < 50 && room_->state() != signal::ClientState::closed; ++pass) {
    system_.loop().run_once(10ms);
  }
  return exit_status_;
}

// Ways to the peer --------------------------------------------------------------------------------

void AgentCommand::start_over_stdio() {
  const ice::AgentConfig& agent = options_.connection.agent;
  if (options_.signal == "sdp") {
    sdp_.emplace(sdp::OfferAnswerOptions{.waits_for_offer = agent.role == ice::Role::controlled,
                                         .streams = agent.streams,
                                         .session_id = session_number(host_.random)});
  }
  // Browsers offer SRTP keys to each peer, and GStreamer 1.22 gives up without them (RFC 5764).
  if (sdp_ && options_.connection.security) options_.connection.security->srtp_profiles = {1};
  // The program on the other side of the pipe decides about restarts: it carries the signalling.
  options_.connection.recovers = false;
  own_connection_ = std::make_unique<Connection>(host_, options_.connection);
  own_connection_->on_signal = [this](const signal::Message& message) { tell_peer(message); };
  own_connection_->on_signal_error = [this](std::string_view text) {
    out_.error("bad-message", text);
  };
  attach(*own_connection_);
  own_connection_->start();
}

void AgentCommand::tell_peer(const signal::Message& message) {
  if (!sdp_) return out_.message(message);
  sdp_->add(message);
  schedule_sdp();
}

void AgentCommand::schedule_sdp() {
  if (std::exchange(sdp_is_scheduled_, true)) return;
  system_.loop().post([this] {
    sdp_is_scheduled_ = false;
    if (closed_) return;
    std::string text = sdp_->take_text();
    if (!text.empty()) out_.block(std::move(text));
  });
}

void AgentCommand::hear_sdp(std::string_view text) {
  const sdp::OfferAnswer::Heard heard = sdp_->read(text);
  for (const std::string& note : heard.notes) {
    host_.log.log(LogLevel::warning, "sdp", "skipped: " + note);
  }
  if (heard.error) return out_.error("bad-message", *heard.error);
  for (const signal::Message& message : heard.messages) own_connection_->receive(message);
  schedule_sdp();  // an answer may have waited for this
}

void AgentCommand::start_in_room() {
  RoomOptions room;
  room.url = options_.signal;
  room.name = "agent";
  room.token = options_.token;
  room.connection = options_.connection;
  room.connections_max = 1;
  room.offers = options_.offers;
  room.seeks = options_.seeks;
  room_ = std::make_unique<Room>(host_, system_.message_channels(), room);
  room_->on_connection = [this](Connection& connection, const signal::Peer&) {
    attach(connection);
  };
  room_->on_connection_gone = [this](Connection&, const signal::Peer&) {
    channels_.reset();
    connection_ = nullptr;
  };
  room_->on_error = [this](std::string_view text) { out_.error("bad-message", text); };
  room_->on_state = [this](signal::ClientState state) {
    if (state != signal::ClientState::closed || closed_) return;
    exit_status_ = 1;
    close("remote");
  };
  room_->join();
}

void AgentCommand::attach(Connection& connection) {
  connection_ = &connection;
  if (options_.connection.security) {
    channels_ = make_agent_channels(host_, connection, options_.echo, out_);
  }
  connection.on_event = [this](const ice::Event& event) { on_event(event); };
  connection.on_no_path = [](ice::State, std::string_view) {};  // report() has printed it
  connection.on_secured = [this](const peer::Secured& secured) { out_.secure(secured); };
  connection.on_security_failed = [this](const peer::SecurityFailed& failed) { report(failed); };
  connection.on_restarted = [this](std::uint32_t attempt) { out_.restarted(attempt); };
  connection.on_candidate_error = [this](const GatheringError& error) {
    out_.candidate_error(error);
  };
  connection.on_candidate_skipped = [this](const signal::CandidateSkipped& skipped) {
    out_.skipped(skipped);
  };
}

// Reports ---------------------------------------------------------------------------------------

void AgentCommand::on_event(const ice::Event& event) {
  std::visit([this](const auto& one) { report(one); }, event);
}

void AgentCommand::report(const ice::StateChanged& changed) {
  const std::string reason = ice::explain(connection_->agent(), changed.state);
  out_.state(changed.state, reason);
  if (changed.state == ice::State::failed && own_connection_) out_.restart_needed(reason);
  if (changed.state == ice::State::closed && connection_->was_closed_by_peer()) close("remote");
}

void AgentCommand::report(const peer::SecurityFailed& failed) {
  out_.error(to_text(failed.reason), failed.message);
  // In a room, another peer may come.
  if (!own_connection_) return;
  exit_status_ = 1;
  system_.loop().post([this] { close("insecure"); });
}

void AgentCommand::report(const ice::GatheringChanged& changed) {
  out_.gathering(changed.state);
}

void AgentCommand::report(const ice::SelectedPairChanged& changed) {
  out_.selected_pair(changed, connection_->agent());
}

void AgentCommand::report(const ice::DataReceived& received) {
  const ice::StreamComponent id(received.stream, received.component);
  if (options_.echo) {
    (void)connection_->send(received.payload, id);
  } else {
    out_.data(id, received.payload);
  }
}

// Orders ----------------------------------------------------------------------------------------

void AgentCommand::on_line(std::string_view line) {
  if (closed_) return;
  if (sdp_ && !line.starts_with('{')) {
    if (const auto text = sdp_blocks_.add(line)) hear_sdp(*text);
    return;
  }
  if (line.empty()) return;
  const ParsedOrder parsed = parse_order(line);
  if (parsed.order) return carry_out(*parsed.order);
  switch (parsed.error->kind) {
    case OrderError::Kind::bad_message:
      return out_.error("bad-message", parsed.error->text);
    case OrderError::Kind::bad_command:
      return out_.error("bad-command", parsed.error->text);
    case OrderError::Kind::too_big:
      return out_.error("too-big", parsed.error->text);
  }
}

void AgentCommand::on_long_line() {
  out_.error("too-big", "a line has at most 131072 bytes");
}

void AgentCommand::on_end_of_input() {
  if (const auto text = sdp_blocks_.finish(); text && !closed_) hear_sdp(*text);
  close("eof");
}

void AgentCommand::on_signal(int) {
  close("local");
}

void AgentCommand::carry_out(const Order& order) {
  if (std::holds_alternative<UnknownOrder>(order)) {
    ++unknown_orders_;
  } else if (std::holds_alternative<CloseOrder>(order)) {
    close("local");
  } else if (connection_ == nullptr) {
    report_not_connected();
  } else if (const auto* message = std::get_if<signal::Message>(&order)) {
    // In a room the server carries the messages.
    if (sdp_) return out_.error("bad-message", "with --signal sdp, the peer's messages are SDP");
    if (own_connection_) own_connection_->receive(*message);
  } else if (const auto* datagram = std::get_if<SendOrder>(&order)) {
    send(*datagram);
  } else if (const auto* in_channels = std::get_if<ChannelOrder>(&order)) {
    if (!channels_) return out_.error("bad-command", "without DTLS there are no data channels");
    channels_->carry_out(*in_channels);
  } else if (const auto* stats = std::get_if<StatsOrder>(&order)) {
    out_.stats(stats->id, host_.clock.now(), *connection_);
  } else if (sdp_ && !sdp_->is_stable()) {
    out_.error("bad-command", "an offer waits for its answer; restart when the peer has answered");
  } else {
    connection_->restart();
  }
}

void AgentCommand::send(const SendOrder& order) {
  const ice::SendResult result = connection_->send(order.datagram, order.id);
  if (result == ice::SendResult::no_path) return report_not_connected();
  if (!result)
    out_.error(error_code_of(result), "the datagram was not sent: " + std::string(to_text(result)));
}

void AgentCommand::report_not_connected() {
  out_.error("not-connected", "there is no path to the peer, and datagrams are not kept for one");
}

void AgentCommand::close(std::string_view reason) {
  if (closed_) return;
  closed_ = true;
  if (own_connection_ && !own_connection_->was_closed_by_peer()) {
    own_connection_->close(reason == "eof" ? "end of input" : "closed");
  }
  if (room_) room_->leave();
  out_.closed(reason);
}

}  // namespace floe::cli
