// Notices a client that looks for hosts or open ports: it tries many peers that do not answer.
//
// One watch for all sockets of a client. A peer is an address and a port, so a sweep of one host's
// ports counts as well. Peers are counted when the client tries them, not when a datagram leaves,
// so that a scan does not hide behind the limit of its rate.
//
// Why a set of bits and not of addresses: a scan would fill it. Two peers may share a bit, so that
// a few are missed; none is counted twice.
#pragma once

#include <vector>

#include "floe/consent/gate_limits.h"
#include "floe/consent/hash_key.h"
#include "floe/types/address.h"

namespace floe::consent {

class ScanWatch {
 public:
  explicit ScanWatch(const HashKey& key) : key_(key) {}

  /// The client tries a peer that has not answered. Whether it may.
  bool admits(Timestamp now, const TransportAddress& peer);
  /// It has tried more than anybody needs: its session should end.
  bool is_scan() const { return is_scan_; }

 private:
  static constexpr Duration kMinute = std::chrono::minutes(1);

  void count(Timestamp now, const TransportAddress& peer);

  HashKey key_;
  std::vector<std::uint64_t> bits_;  // comes with the first peer
  Timestamp began_{};
  std::size_t tried_ = 0;
  Timestamp next_throttled_{};
  bool is_scan_ = false;
};

}  // namespace floe::consent
