#include "floe/driver/connection.h"

namespace floe {

Connection::Connection(const Host& host, ConnectionOptions options)
    : options_(std::move(options)), log_(host.log), driver_(host, options_.agent, *this) {
  driver_.input([this](peer::Connection& connection, Timestamp) {
    connection.negotiate({.trickle = options_.trickle});
    if (options_.recovers) connection.recover();
  });
}

void Connection::start() {
  driver_.input([](peer::Connection& connection, Timestamp) { connection.announce(); });
  driver_.gather(options_.gather);
}

void Connection::receive(const signal::Message& message) {
  driver_.input([&](peer::Connection& connection, Timestamp now) {
    connection.handle_message(now, message);
  });
}

bool Connection::send(Bytes datagram, ice::StreamComponent component) {
  return driver_.send(component, datagram);
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
}

void Connection::on_agent_event(const ice::Event& event) {
  if (on_event) on_event(event);
  if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
    if (on_state) on_state(state->state);
  } else if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
    if (on_datagram) on_datagram(data->component, data->payload);
  }
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

void Connection::on_restarted_by_itself(std::uint32_t attempt) {
  if (on_restarted) return on_restarted(attempt);
  const std::string text = "the path is lost; restarted, attempt " + std::to_string(attempt);
  log_.log(LogLevel::info, "ice", text);
}

void Connection::on_message_error(const signal::SessionError& error) {
  const std::string text = to_text(error);
  if (on_signal_error) return on_signal_error(text);
  log_.log(LogLevel::warning, "signal", text);
}

}  // namespace floe
