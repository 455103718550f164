#include "gateway_object.h"

namespace floe::wasm {
namespace {

tunnel::ClientOptions options(std::string_view url, std::string_view token) {
  const Bytes bytes = as_bytes(token);
  return {.url = std::string(url),
          .token = ByteVector(bytes.begin(), bytes.end()),
          .time_stamps = false};
}

}  // namespace

GatewayObject::GatewayObject(WasmHost& host, std::uint32_t handle, std::string_view url,
                             std::string_view token)
    : Object(host, handle),
      timer_(host.timers.create(*this)),
      client_(host.web_sockets, host.clock, *this, options(url, token)) {}

void GatewayObject::end_turn() {
  client_.flush();
  const Timestamp deadline = client_.deadline();
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

void GatewayObject::handle_command(Command, std::uint16_t, CommandReader&) {
  refuse("bad-command", "A gateway does not know this command.");
}

void GatewayObject::collect(Figures& figures) const {
  const tunnel::ClientStats stats = client_.stats();
  figures.count("datagramsSent", stats.datagrams_sent);
  figures.count("datagramsReceived", stats.datagrams_received);
  figures.count("bytesSent", stats.bytes_sent);
  figures.count("bytesReceived", stats.bytes_received);
  figures.count("datagramsDenied", stats.sends_denied);
  figures.count("datagramsDropped", stats.dropped.total());
  figures.count("datagramsDroppedByGateway", stats.dropped_by_gateway.total());
  figures.seconds("roundTripTime", stats.round_trip);
  figures.seconds("minRoundTripTime", stats.min_round_trip);
}

void GatewayObject::on_timer(Timestamp now) {
  armed_for_ = kNever;
  client_.on_deadline(now);
}

void GatewayObject::on_ready() {
  const auto addresses = client_.addresses().value_or(std::vector<InterfaceAddress>{});
  EventWriter& out = emit(Event::gateway_open);
  out.u32(kMaxDatagramSize).u16(static_cast<std::uint16_t>(addresses.size()));
  for (const InterfaceAddress& address : addresses) {
    out.text(address.ip.to_text()).text(address.interface_name);
  }
}

void GatewayObject::on_go_away(const tunnel::GoAway& go_away) {
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(go_away.reconnect_in);
  emit(Event::gateway_going_away).u32(static_cast<std::uint32_t>(wait.count()));
}

void GatewayObject::on_closed(const tunnel::ClientClosed& closed) {
  const std::string_view reason = closed.reason.empty() ? to_text(closed.cause) : closed.reason;
  emit(Event::gateway_closed).u16(closed.code).text(reason);
}

}  // namespace floe::wasm
