// The functions that JavaScript calls; js/src/engine/wasm_exports.ts is the other end.
//
// Every call that can change something passes the time, in microseconds of a clock that never goes
// back. After the call, floe_poll_events returns its events, and floe_deadline tells when to call
// floe_wake. No export may be called from inside an import.
#include <cstdint>
#include <limits>

#include "machine.h"

namespace {

using floe::Bytes;
using floe::ByteVector;
using floe::Duration;
using floe::MessageKind;
using floe::Timestamp;
using floe::wasm::Machine;
using floe::wasm::WebSockets;

/// The buffer that JavaScript fills for the next call: commands, a message or a reason. A large
/// buffer is released when a smaller one is asked for, so that a burst does not keep it for ever.
ByteVector incoming;
constexpr std::size_t kKeptCapacity = std::size_t{256} * 1024;

Machine& machine() {
  static Machine instance;
  return instance;
}

Timestamp at(double now_us) {
  return Timestamp(Duration(static_cast<std::int64_t>(now_us)));
}

Bytes brought(std::size_t size) {
  return Bytes(incoming).first(std::min(size, incoming.size()));
}

}  // namespace

#define FLOE_EXPORT(name) __attribute__((export_name(#name), used)) name

extern "C" {

/// Returns a buffer of `size` bytes; the next call reads it.
std::uint8_t* FLOE_EXPORT(floe_reserve)(std::size_t size) {
  if (size < kKeptCapacity && incoming.capacity() > kKeptCapacity) incoming = {};
  if (incoming.size() < size) incoming.resize(size);
  return incoming.data();
}

void FLOE_EXPORT(floe_commands)(double now, std::size_t size) {
  machine().handle_commands(at(now), brought(size));
}

void FLOE_EXPORT(floe_channel_open)(double now, std::uint32_t channel) {
  machine().handle_channel(at(now), [=](WebSockets& all) { all.on_open(channel); });
}

void FLOE_EXPORT(floe_channel_message)(double now, std::uint32_t channel, std::uint32_t is_text,
                                       std::size_t size) {
  const MessageKind kind = is_text != 0 ? MessageKind::text : MessageKind::binary;
  machine().handle_channel(at(now),
                           [=](WebSockets& all) { all.on_message(channel, kind, brought(size)); });
}

void FLOE_EXPORT(floe_channel_drained)(double now, std::uint32_t channel) {
  machine().handle_channel(at(now), [=](WebSockets& all) { all.on_drained(channel); });
}

void FLOE_EXPORT(floe_channel_closed)(double now, std::uint32_t channel, std::uint32_t code,
                                      std::size_t reason_size) {
  const floe::ChannelClosed closed{static_cast<std::uint16_t>(code),
                                   floe::as_text(brought(reason_size))};
  machine().handle_channel(at(now), [=](WebSockets& all) { all.on_closed(channel, closed); });
}

void FLOE_EXPORT(floe_wake)(double now) {
  machine().handle_timeout(at(now));
}

/// Infinity when nothing waits for time.
double FLOE_EXPORT(floe_deadline)() {
  const Timestamp deadline = machine().deadline();
  if (deadline == floe::kNever) return std::numeric_limits<double>::infinity();
  return static_cast<double>(deadline.time_since_epoch().count());
}

/// The batch of events of the latest call (event_writer.h), or nullptr. It is valid until the next
/// call.
const std::uint8_t* FLOE_EXPORT(floe_poll_events)() {
  return machine().events().batch();
}

}  // extern "C"
