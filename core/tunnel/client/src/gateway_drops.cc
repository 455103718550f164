#include "gateway_drops.h"

namespace floe::tunnel {
namespace {

void add(DropCounters& sum, const DropCounters& drops) {
  drops.for_each([&](DropReason reason, std::uint32_t count) { sum.add(reason, count); });
}

}  // namespace

void GatewayDrops::handle_report(SocketId socket, const DropCounters& totals) {
  const std::size_t index = socket.value();
  if (index >= open_.size()) open_.resize(index + 1);
  open_[index] = totals;
}

void GatewayDrops::handle_socket_closed(SocketId socket) {
  const std::size_t index = socket.value();
  if (index >= open_.size()) return;
  add(closed_, open_[index]);
  open_[index] = {};
}

DropCounters GatewayDrops::totals() const {
  DropCounters sum = closed_;
  for (const DropCounters& drops : open_) add(sum, drops);
  return sum;
}

}  // namespace floe::tunnel
