// Why a datagram was dropped, and the counters of dropped datagrams. Every drop is counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace floe::tunnel {

/// The numbers are those of the DROPPED record. "out" is towards the peer, "in" towards the client.
enum class DropReason : std::uint8_t {
  out_denied = 1,
  out_no_consent = 2,
  out_over_rate = 3,
  out_no_socket = 4,
  out_no_peer = 5,
  out_too_large = 6,
  out_refused = 7,
  out_host_full = 8,
  out_queue_full = 9,
  out_too_old = 10,
  in_denied = 11,
  in_no_consent = 12,
  in_over_rate = 13,
  in_too_large = 14,
  in_queue_full = 15,
  in_too_old = 16,
  in_no_socket = 17,
};

inline constexpr std::size_t kDropReasonCount = 17;

constexpr std::string_view to_text(DropReason reason) {
  switch (reason) {
    case DropReason::out_denied:
      return "destination denied";
    case DropReason::out_no_consent:
      return "destination has not consented";
    case DropReason::out_over_rate:
      return "sent faster than allowed";
    case DropReason::out_no_socket:
      return "sent from a socket that is not open";
    case DropReason::out_no_peer:
      return "sent to a peer id that is not open";
    case DropReason::out_too_large:
      return "too long for the gateway";
    case DropReason::out_refused:
      return "refused by the gateway's network";
    case DropReason::out_host_full:
      return "the gateway's socket was full";
    case DropReason::out_queue_full:
      return "the uplink queue was full";
    case DropReason::out_too_old:
      return "waited too long for the uplink";
    case DropReason::in_denied:
      return "source denied";
    case DropReason::in_no_consent:
      return "unknown source, and not a connectivity check";
    case DropReason::in_over_rate:
      return "received faster than allowed";
    case DropReason::in_too_large:
      return "too long for the tunnel";
    case DropReason::in_queue_full:
      return "the downlink queue was full";
    case DropReason::in_too_old:
      return "waited too long for the downlink";
    case DropReason::in_no_socket:
      return "received for a socket that is closed";
  }
  return "?";
}

/// Totals since the socket or the session began, modulo 2^32.
class DropCounters {
 public:
  void add(DropReason reason, std::uint32_t count = 1) { totals_[index(reason)] += count; }
  void set(DropReason reason, std::uint32_t total) { totals_[index(reason)] = total; }
  std::uint32_t of(DropReason reason) const { return totals_[index(reason)]; }

  /// The sum over all reasons.
  std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint32_t count : totals_) sum += count;
    return sum;
  }

  /// Calls `visit(reason, total)` for each total that is not zero, in the order of the numbers.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      if (totals_[i] != 0) visit(static_cast<DropReason>(i + 1), totals_[i]);
    }
  }

  bool operator==(const DropCounters&) const = default;

 private:
  static constexpr std::size_t index(DropReason reason) {
    return static_cast<std::size_t>(reason) - 1;
  }

  std::array<std::uint32_t, kDropReasonCount> totals_{};
};

}  // namespace floe::tunnel
