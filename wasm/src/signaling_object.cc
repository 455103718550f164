#include "signaling_object.h"

#include "floe/signal/message_codec.h"

namespace floe::wasm {

SignalingObject::SignalingObject(WasmHost& host, std::uint32_t handle,
                                 signal::ClientOptions options)
    : Object(host, handle),
      driver_(host.web_sockets, host.timers, host.clock, host.random, std::move(options), *this) {
  driver_.join();
}

void SignalingObject::handle_command(Command command, std::uint16_t, CommandReader& in) {
  if (command == Command::signaling_retry) return driver_.retry();
  if (command != Command::signaling_send) {
    return refuse("bad-command", "A signalling client does not know this command.");
  }
  const std::string_view to = in.text();
  send(to, in.text());
}

void SignalingObject::send(std::string_view to, std::string_view text) {
  const auto parsed = signal::parse_message(text);
  if (!parsed) return refuse("bad-message", signal::to_text(parsed.error()));
  if (!driver_.send(parsed->message, to)) {
    refuse("rate", "Too many messages wait to be sent: the server is slow or away.");
  }
}

void SignalingObject::write_stats(json::Writer& out) const {
  const signal::ClientCounters& counters = driver_.client().counters();
  out.begin_object();
  out.name("connects").unsigned_integer(counters.connects);
  out.name("messagesSent").unsigned_integer(counters.sent);
  out.name("messagesReceived").unsigned_integer(counters.received);
  out.name("messagesDuplicate").unsigned_integer(counters.duplicates);
  out.name("messagesBad").unsigned_integer(counters.bad_messages);
  out.name("messagesOfUnknownType").unsigned_integer(counters.unknown_types);
  out.name("messagesRefused").unsigned_integer(counters.refused);
  out.end_object();
}

void SignalingObject::on_client_state(signal::ClientState state) {
  emit(Event::signaling_state).u8(static_cast<std::uint8_t>(state));
}

void SignalingObject::on_joined(std::string_view self, bool resumed) {
  emit(Event::signaling_joined).text(self).u8(resumed ? 1 : 0);
}

void SignalingObject::on_peer_joined(const signal::Peer& peer, ice::Role role) {
  emit(Event::signaling_peer_joined)
      .text(peer.id)
      .text(peer.name)
      .u8(static_cast<std::uint8_t>(role))
      .text(peer.offers.text());
}

void SignalingObject::on_peer_left(std::string_view peer, signal::LeaveReason reason) {
  emit(Event::signaling_peer_left).text(peer).text(to_text(reason));
}

void SignalingObject::on_message(const signal::Message& message, std::string_view from) {
  emit(Event::signaling_message).text(from).text(signal::write_message(message));
}

void SignalingObject::on_room_error(const signal::RoomError& error) {
  emit(Event::refused).text(to_text(error.code)).text(error.message);
}

void SignalingObject::on_bad_message(signal::MessageError error) {
  emit(Event::refused).text("bad-message").text(signal::to_text(error));
}

}  // namespace floe::wasm
