#include "floe/driver/connection.h"

#include "floe/ice/explanation.h"
#include "floe/peer/explanation.h"
#include "peer_names.h"

namespace floe {

namespace {

signal::SessionOptions session_options(const Host& host, const ConnectionOptions& options) {
  signal::SessionOptions session;
  session.trickle = options.trickle;
  // A query shows this host to its network, where the peer may be: with relays only, it must not.
  session.resolves_names = host.local_names != nullptr && options.mdns != MdnsMode::off &&
                           options.agent.policy == ice::CandidatePolicy::all;
  if (options.mdns == MdnsMode::hide) {
    // Without names nothing is told: an address must not slip out where names were asked for.
    session.name_of = [names = host.local_names](const IpAddress& own) {
      return names == nullptr ? std::string() : names->name_of(own);
    };
  }
  return session;
}

}  // namespace

Connection::Connection(const Host& host, ConnectionOptions options)
    : options_(std::move(options)),
      log_(host.log),
      peer_names_(
          std::make_unique<PeerNames>(host.local_names, static_cast<PeerNamesListener&>(*this))),
      driver_(host, options_.agent, *this) {
  driver_.input([&](peer::Connection& connection, Timestamp) {
    connection.negotiate(session_options(host, options_));
    if (options_.security) connection.secure(*options_.security);
    if (options_.recovers) connection.recover();
  });
}

Connection::~Connection() = default;

void Connection::set_data_layer(DataLayer* layer) {
  data_layer_ = layer;
  if (layer == nullptr) return;
  driver_.input([&](peer::Connection& connection, Timestamp) {
    connection.offer_channels(layer->describe());
  });
}

void Connection::start() {
  if (options_.security && !driver_.connection().is_protected()) {
    on_connection_insecure(peer::make_security_failed(peer::SecurityFailure::unavailable));
    return close();
  }
  driver_.input([](peer::Connection& connection, Timestamp) { connection.announce(); });
  driver_.gather(options_.gather);
}

void Connection::receive(const signal::Message& message) {
  driver_.input([&](peer::Connection& connection, Timestamp now) {
    connection.handle_message(now, message);
  });
}

ice::SendResult Connection::send(Bytes datagram, ice::StreamComponent component) {
  const bool is_layers = data_layer_ != nullptr && component == ice::StreamComponent(1);
  if (!is_layers || !data_layer_->carries_datagrams()) return driver_.send(component, datagram);
  return data_layer_->send_datagram(datagram) ? ice::SendResult::sent : ice::SendResult::queue_full;
}

void Connection::deliver(Bytes datagram) {
  if (on_datagram) on_datagram(ice::ComponentId(1), datagram);
}

void Connection::restart() {
  driver_.input([](peer::Connection& connection, Timestamp now) { connection.restart(now); });
}

void Connection::repeat_description() {
  driver_.input([](peer::Connection& connection, Timestamp) { connection.repeat_description(); });
}

void Connection::close(std::string_view reason) {
  if (state() == ice::State::closed) return;
  driver_.input([&](peer::Connection& connection, Timestamp) { connection.bye(reason); });
  driver_.close();
  peer_names_->cancel();
}

std::string Connection::explanation() const {
  return peer::explain(driver_.connection());
}

void Connection::on_name_wanted(const signal::NameWanted& wanted) {
  peer_names_->look_up(wanted.name);
}

void Connection::on_peer_name(const signal::NameResolved& answer) {
  driver_.input(
      [&](peer::Connection& connection, Timestamp now) { connection.handle_name(now, answer); });
}

void Connection::on_agent_event(const ice::Event& event) {
  const auto* datagram = std::get_if<ice::DataReceived>(&event);
  if (datagram != nullptr && is_for_layer(*datagram)) return;
  if (on_event) on_event(event);
  if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
    tell_state(state->state);
  } else if (datagram != nullptr && on_datagram) {
    on_datagram(datagram->component, datagram->payload);
  }
}

bool Connection::is_for_layer(const ice::DataReceived& received) {
  return data_layer_ != nullptr && received.stream == 0 && received.component == 1 &&
         data_layer_->take_datagram(received.payload);
}

void Connection::tell_state(ice::State state) {
  const std::string why = ice::explain(driver_.agent(), state);
  if (state == ice::State::closed && data_layer_ != nullptr) data_layer_->on_connection_closed();
  if (on_state) on_state(state);
  if (why.empty()) return;
  if (on_no_path) return on_no_path(state, why);
  log_.log(LogLevel::warning, "ice", std::string(ice::to_text(state)) + ": " + why);
}

void Connection::on_gathering_error(const GatheringError& error) {
  if (on_candidate_error) return on_candidate_error(error);
  std::string text = "no candidate from " + std::string(error.url) + ": ";
  text += error.text;
  log_.log(LogLevel::warning, "ice", text);
}

void Connection::on_message_ready(const signal::Message& message) {
  if (on_signal) on_signal(message);
}

void Connection::on_peer_candidate_skipped(const signal::CandidateSkipped& skipped) {
  if (on_candidate_skipped) return on_candidate_skipped(skipped);
  log_.log(LogLevel::info, "signal",
           "\"" + skipped.candidate + "\" of the peer is not used: " + skipped.reason);
}

void Connection::on_restarted_by_itself(std::uint32_t attempt) {
  if (on_restarted) return on_restarted(attempt);
  const std::string text = "the path is lost; restarted, attempt " + std::to_string(attempt);
  log_.log(LogLevel::info, "ice", text);
}

void Connection::on_connection_secured(const peer::Secured& secured) {
  if (data_layer_ != nullptr && secured.component == ice::StreamComponent(1)) {
    data_layer_->on_secured(secured, driver_.connection().peer_channels());
  }
  if (on_secured) return on_secured(secured);
  std::string text = "encrypted; the peer's certificate has the fingerprint ";
  text += secured.peer_fingerprint;
  if (!secured.words.empty()) text += ", the words are: " + secured.words;
  log_.log(LogLevel::info, "dtls", text);
}

void Connection::on_connection_insecure(const peer::SecurityFailed& failed) {
  if (on_security_failed) return on_security_failed(failed);
  log_.log(LogLevel::error, "dtls", failed.message);
}

void Connection::on_message_error(const signal::SessionError& error) {
  const std::string text = to_text(error);
  if (on_signal_error) return on_signal_error(text);
  log_.log(LogLevel::warning, "signal", text);
}

}  // namespace floe
