// The functions of the module of data channels: those of ../../src/exports.cc that need no
// WebSocket.
#include "channels_machine.h"
#include "exported.h"
#include "incoming_buffer.h"

namespace {

using floe::wasm::ChannelsMachine;
using floe::wasm::deadline_of;
using floe::wasm::timestamp_of;

floe::wasm::IncomingBuffer incoming_commands;

ChannelsMachine& channels_machine() {
  static ChannelsMachine instance;
  return instance;
}

}  // namespace

extern "C" {

/// Returns a buffer of `size` bytes; the next call reads it.
std::uint8_t* FLOE_EXPORT(floe_reserve)(std::size_t size) {
  return incoming_commands.reserve(size);
}

void FLOE_EXPORT(floe_commands)(double now, std::size_t size) {
  channels_machine().handle_commands(timestamp_of(now), incoming_commands.first(size));
}

void FLOE_EXPORT(floe_wake)(double now) {
  channels_machine().handle_timeout(timestamp_of(now));
}

/// Infinity when nothing waits for time.
double FLOE_EXPORT(floe_deadline)() {
  return deadline_of(channels_machine().deadline());
}

/// The batch of events of the latest call (event_writer.h), or nullptr. It is valid until the next
/// call.
const std::uint8_t* FLOE_EXPORT(floe_poll_events)() {
  return channels_machine().events().batch();
}

}  // extern "C"
