#include "gateway_object.h"

#include <utility>

namespace floe::wasm {
namespace {

tunnel::ClientOptions options(std::string_view url, std::string_view token) {
  const Bytes bytes = as_bytes(token);
  return {.url = std::string(url),
          .token = ByteVector(bytes.begin(), bytes.end()),
          .time_stamps = false};
}

/// Writes nothing while the value is not known.
void write_seconds(json::Writer& out, std::string_view name, std::optional<Duration> value) {
  if (value) out.name(name).fixed_point(value->count(), 6);
}

}  // namespace

GatewayObject::GatewayObject(WasmHost& host, std::uint32_t handle, std::string_view url,
                             std::string_view token)
    : NetworkObject(host, handle),
      timer_(host.timers.create(*this)),
      client_(host.web_sockets, host.clock, *this, options(url, token)) {}

void GatewayObject::end_turn() {
  client_.flush();
  const Timestamp deadline = client_.deadline();
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

void GatewayObject::handle_command(Command command, std::uint16_t, CommandReader&) {
  if (command == Command::gateway_ping) return client_.ping();
  refuse("bad-command", "A gateway does not know this command.");
}

void GatewayObject::write_stats(json::Writer& out) const {
  const tunnel::ClientStats stats = client_.stats();
  out.begin_object();
  out.name("datagramsSent").unsigned_integer(stats.datagrams_sent);
  out.name("datagramsReceived").unsigned_integer(stats.datagrams_received);
  out.name("bytesSent").unsigned_integer(stats.bytes_sent);
  out.name("bytesReceived").unsigned_integer(stats.bytes_received);
  out.name("datagramsDenied").unsigned_integer(stats.sends_denied);
  out.name("datagramsDropped").unsigned_integer(stats.dropped.total());
  out.name("datagramsDroppedByGateway").unsigned_integer(stats.dropped_by_gateway.total());
  write_seconds(out, "roundTripTime", stats.round_trip);
  out.name("responsesReceived").unsigned_integer(stats.round_trips);
  out.end_object();
}

void GatewayObject::handle_timeout(Timestamp now) {
  armed_for_ = kNever;
  client_.handle_timeout(now);
}

void GatewayObject::on_ready() {
  const auto addresses = client_.addresses().value_or(std::vector<InterfaceAddress>{});
  EventWriter& out = emit(Event::gateway_open);
  out.u32(client_.stats().max_datagram_size).u16(static_cast<std::uint16_t>(addresses.size()));
  for (const InterfaceAddress& address : addresses) {
    out.text(address.ip.to_text()).text(address.interface_name);
  }
}

void GatewayObject::on_go_away(const tunnel::GoAway& go_away) {
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(go_away.reconnect_in);
  emit(Event::gateway_going_away).u32(static_cast<std::uint32_t>(wait.count()));
}

void GatewayObject::on_closed(const tunnel::ClientClosed& closed) {
  // Code 1006 already says that the network failed; the text of the other causes adds information.
  const bool says_more = closed.reason.empty() && closed.cause != tunnel::CloseCause::network;
  const std::string_view reason = says_more ? to_text(closed.cause) : closed.reason;
  emit(Event::gateway_closed).u16(closed.code).text(reason);
}

}  // namespace floe::wasm
