// The functions that JavaScript calls; js/src/engine/wasm_exports.ts is the other end.
//
// Every call that can change something passes the time, in microseconds of a clock that never goes
// back. After the call, floe_poll_events returns its events, and floe_deadline tells when to call
// floe_wake. No export may be called from inside an import.
#include <cstdint>

#include "exported.h"
#include "incoming_buffer.h"
#include "machine.h"

namespace {

using floe::MessageKind;
using floe::wasm::deadline_of;
using floe::wasm::Machine;
using floe::wasm::timestamp_of;
using floe::wasm::WebSockets;

floe::wasm::IncomingBuffer incoming;

Machine& machine() {
  static Machine instance;
  return instance;
}

}  // namespace

extern "C" {

/// Returns a buffer of `size` bytes; the next call reads it.
std::uint8_t* FLOE_EXPORT(floe_reserve)(std::size_t size) {
  return incoming.reserve(size);
}

void FLOE_EXPORT(floe_commands)(double now, std::size_t size) {
  machine().handle_commands(timestamp_of(now), incoming.first(size));
}

void FLOE_EXPORT(floe_channel_open)(double now, std::uint32_t channel) {
  machine().handle_channel(timestamp_of(now), [=](WebSockets& all) { all.on_open(channel); });
}

void FLOE_EXPORT(floe_channel_message)(double now, std::uint32_t channel, std::uint32_t is_text,
                                       std::size_t size) {
  const MessageKind kind = is_text != 0 ? MessageKind::text : MessageKind::binary;
  machine().handle_channel(timestamp_of(now), [=](WebSockets& all) {
    all.on_message(channel, kind, incoming.first(size));
  });
}

void FLOE_EXPORT(floe_channel_drained)(double now, std::uint32_t channel) {
  machine().handle_channel(timestamp_of(now), [=](WebSockets& all) { all.on_drained(channel); });
}

void FLOE_EXPORT(floe_channel_closed)(double now, std::uint32_t channel, std::uint32_t code,
                                      std::size_t reason_size) {
  const floe::ChannelClosed closed{static_cast<std::uint16_t>(code),
                                   floe::as_text(incoming.first(reason_size))};
  machine().handle_channel(timestamp_of(now),
                           [=](WebSockets& all) { all.on_closed(channel, closed); });
}

void FLOE_EXPORT(floe_wake)(double now) {
  machine().handle_timeout(timestamp_of(now));
}

/// Infinity when nothing waits for time.
double FLOE_EXPORT(floe_deadline)() {
  return deadline_of(machine().deadline());
}

/// The batch of events of the latest call (event_writer.h), or nullptr. It is valid until the next
/// call.
const std::uint8_t* FLOE_EXPORT(floe_poll_events)() {
  return machine().events().batch();
}

}  // extern "C"
