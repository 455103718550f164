// The server's side of the uplink credit: what a client may have under way, and what to grant anew.
//
// Why there is credit at all: a browser buffers megabytes that its `bufferedAmount` does not show,
// so a page cannot tell that the way to the gateway is full.
#pragma once

#include <cstdint>
#include <optional>

namespace floe::tunnel {

class UplinkWindow {
 public:
  explicit UplinkWindow(std::uint32_t window) : window_(window), left_(window) {}

  /// A datagram record of `size` bytes came. False when the client had no credit for it.
  bool take(std::size_t size) {
    if (size > left_) return false;
    left_ -= static_cast<std::uint32_t>(size);
    return true;
  }

  /// What to grant now. Waits for a quarter of the window, so that credit costs few records.
  std::optional<std::uint32_t> grant() {
    const std::uint32_t used = window_ - left_;
    if (used < window_ / 4) return std::nullopt;
    left_ = window_;
    return used;
  }

 private:
  std::uint32_t window_;
  std::uint32_t left_;
};

}  // namespace floe::tunnel
