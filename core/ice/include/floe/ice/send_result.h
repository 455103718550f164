// What became of a datagram that the application sent.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::ice {

/// True when the datagram was handed on; the network may still lose it. Nothing is queued for
/// later: the application sends a datagram again that was not sent.
class SendResult {
 public:
  enum Value : std::uint8_t {
    sent,
    no_path,     ///< no pair of candidates works (yet)
    queue_full,  ///< of the host, or on the way to a relay; try again later if it matters
    too_large,   ///< longer than UDP, the host or the relay carries
    refused,     ///< by the host: no route, denied by a firewall, the socket is gone
  };

  constexpr SendResult(Value value) : value_(value) {}

  constexpr explicit operator bool() const { return value_ == sent; }
  constexpr Value value() const { return value_; }
  constexpr bool operator==(const SendResult&) const = default;

 private:
  Value value_;
};

constexpr std::string_view to_text(SendResult result) {
  switch (result.value()) {
    case SendResult::sent:
      return "sent";
    case SendResult::no_path:
      return "there is no path";
    case SendResult::queue_full:
      return "a queue on the way out is full";
    case SendResult::too_large:
      return "it is longer than the path carries";
    case SendResult::refused:
      return "this host refuses to send it: no route, or a firewall";
  }
  return "?";
}

}  // namespace floe::ice
