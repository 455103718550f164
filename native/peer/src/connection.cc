#include "floe/native/connection.h"

namespace floe::native {

Connection::Connection(const Host& host, ConnectionOptions options)
    : options_(std::move(options)),
      log_(host.log),
      driver_(host, options_.agent, *this),
      session_({.trickle = options_.trickle}, driver_.agent()) {}

bool Connection::is_connected() const {
  return state() == ice::State::connected || state() == ice::State::completed;
}

void Connection::start() {
  session_.start(driver_.agent());
  pass_on_messages();
  driver_.gather(options_.gather);
}

void Connection::receive(const signal::Message& message) {
  driver_.input([&](ice::Agent& agent, Timestamp now) { session_.receive(now, message, agent); });
  pass_on_messages();
}

bool Connection::send(Bytes datagram, ice::StreamComponent component) {
  return driver_.send(component, datagram);
}

void Connection::restart() {
  driver_.input([&](ice::Agent& agent, Timestamp now) { session_.restart(now, agent); });
  pass_on_messages();
}

void Connection::repeat_description() {
  session_.repeat_description(driver_.agent());
  pass_on_messages();
}

void Connection::close(std::string_view reason) {
  if (state() == ice::State::closed) return;
  session_.bye(reason);
  pass_on_messages();
  driver_.close();
}

void Connection::on_agent_event(const ice::Event& event) {
  session_.handle_event(event, driver_.agent());
  if (on_event) on_event(event);
  if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
    if (on_state) on_state(state->state);
  } else if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
    if (on_datagram) on_datagram(data->component, data->payload);
  }
  pass_on_messages();
}

void Connection::on_gathering_error(const GatheringError& error) {
  if (on_candidate_error) return on_candidate_error(error);
  std::string text = "no candidate from " + std::string(error.url) + ": ";
  text += error.text;
  log_.log(LogLevel::warning, "ice", text);
}

void Connection::pass_on_messages() {
  while (const auto message = session_.poll_message()) {
    if (on_signal) on_signal(*message);
  }
  while (const auto error = session_.poll_error()) {
    const std::string text = to_text(*error);
    if (on_signal_error) {
      on_signal_error(text);
    } else {
      log_.log(LogLevel::warning, "signal", text);
    }
  }
}

}  // namespace floe::native
