// The receiver's side of a credit in bytes: how much may be under way, and how much to grant again.
// The server has one for a client's datagrams, and each end has one for each TCP connection.
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

  /// `size` bytes came. False when the sender had no credit for them.
  bool consume(std::size_t size) {
    if (size > left_) return false;
    left_ -= static_cast<std::uint32_t>(size);
    return true;
  }

  /// How much to grant now. Waits for a quarter of the window, so that credit costs few records.
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
