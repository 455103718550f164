#include "flood_mode.h"

#include <algorithm>
#include <utility>

#include "udp_binding.h"

namespace floe::native {

FloodMode::~FloodMode() {
  if (has_grown_) --shared_.grown_buffers;
}

void FloodMode::on_received(int fd, std::size_t messages, std::size_t datagrams) {
  if (datagrams >= kCallDatagrams && !has_grown_) grow(fd);
  if (!joins_ && shared_.coalescing && datagrams >= kBusyDatagrams) {
    joins_ = shared_.coalescing = join_arriving(fd);
  }
  const std::size_t each = std::max<std::size_t>(datagrams / messages, 1);
  messages_wanted_ = static_cast<std::uint8_t>(std::max(kCallDatagrams / each, kCallMessagesMin));
}

void FloodMode::grow(int fd) {
  const UdpOptions& options = shared_.options;
  if (options.flood_buffer_bytes <= options.receive_buffer_bytes) return;
  if (shared_.grown_buffers >= UdpSockets::kFloodBuffersMax) return;
  set_receive_buffer(fd, options.flood_buffer_bytes);
  has_grown_ = true;
  ++shared_.grown_buffers;
}

void FloodMode::on_paused(int fd) {
  if (!std::exchange(has_grown_, false)) return;
  --shared_.grown_buffers;
  set_receive_buffer(fd, shared_.options.receive_buffer_bytes);
}

}  // namespace floe::native
