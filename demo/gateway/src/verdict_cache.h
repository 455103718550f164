// The latest verdicts of the policy: data flows to the same few peers, and rules are many.
//
// A verdict counts as long as the policy's generation is the one it was given in. A place holds one
// verdict; another peer with the same place costs a look at the rules, nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "floe/tunnel/records/peer_permission.h"
#include "floe/types/address.h"

namespace floe::gateway {

class VerdictCache {
 public:
  std::optional<tunnel::DenyReason> find(const TransportAddress& peer,
                                         std::uint64_t generation) const {
    const Entry& entry = entries_[place_of(peer)];
    if (entry.generation != generation || entry.peer != peer) return std::nullopt;
    return entry.verdict;
  }
  void keep(const TransportAddress& peer, std::uint64_t generation, tunnel::DenyReason verdict) {
    entries_[place_of(peer)] = {peer, generation, verdict};
  }

 private:
  // Room for the peers of some thousands of clients, in 640 kB.
  static constexpr std::size_t kPlaceBits = 14;

  struct Entry {
    TransportAddress peer;
    std::uint64_t generation = 0;  // none: those of policies begin with 1
    tunnel::DenyReason verdict = tunnel::DenyReason::none;
  };

  static std::size_t place_of(const TransportAddress& peer) {
    std::uint64_t sum = peer.port;
    for (const std::uint8_t byte : peer.ip.bytes()) sum = sum << 7 ^ sum >> 57 ^ byte;
    return static_cast<std::size_t>(sum * 0x9e3779b97f4a7c15u >> (64 - kPlaceBits));
  }

  std::vector<Entry> entries_ = std::vector<Entry>(std::size_t{1} << kPlaceBits);
};

}  // namespace floe::gateway
