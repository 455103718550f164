// What went through one socket, and with how many peers, for the audit log.
//
// Limit: kPeersMax peers are told apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>

#include "floe/types/address.h"

namespace floe::gateway {

class PeerLog {
 public:
  static constexpr std::size_t kPeersMax = 1024;

  void sent(const TransportAddress& to, std::size_t bytes) {
    ++datagrams_out_;
    bytes_out_ += bytes;
    note(to);
  }
  void received(const TransportAddress& from, std::size_t bytes) {
    ++datagrams_in_;
    bytes_in_ += bytes;
    note(from);
  }

  const std::set<TransportAddress>& peers() const { return peers_; }
  std::uint64_t datagrams_out() const { return datagrams_out_; }
  std::uint64_t bytes_out() const { return bytes_out_; }
  std::uint64_t datagrams_in() const { return datagrams_in_; }
  std::uint64_t bytes_in() const { return bytes_in_; }

 private:
  /// Most datagrams are from or to the same peer as the one before.
  void note(const TransportAddress& peer) {
    if (peer == last_) return;
    last_ = peer;
    if (peers_.size() < kPeersMax) peers_.insert(peer);
  }

  TransportAddress last_;
  std::set<TransportAddress> peers_;
  std::uint64_t datagrams_out_ = 0;
  std::uint64_t bytes_out_ = 0;
  std::uint64_t datagrams_in_ = 0;
  std::uint64_t bytes_in_ = 0;
};

}  // namespace floe::gateway
