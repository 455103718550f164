// What pairs, or candidates of the peer, have in common that will probably work, or fail, for the
// same reason.
#pragma once

#include "floe/ice/candidate.h"
#include "floe/types/address.h"

namespace floe::ice {

/// A view of the addresses of the candidates.
class PairKind {
 public:
  PairKind(const Candidate& ours, const Candidate& theirs)
      : PairKind(theirs, ours.type, relay_of(ours)) {}
  /// The kind of a remote candidate alone.
  explicit PairKind(const Candidate& theirs) : PairKind(theirs, CandidateType::host, nullptr) {}

  bool operator==(const PairKind& other) const {
    return component_ == other.component_ && family_ == other.family_ && local_ == other.local_ &&
           remote_ == other.remote_ && are_same(local_relay_, other.local_relay_) &&
           are_same(remote_relay_, other.remote_relay_);
  }

 private:
  PairKind(const Candidate& theirs, CandidateType local, const IpAddress* local_relay)
      : component_(theirs.id()),
        family_(theirs.address.ip.family()),
        local_(local),
        remote_(theirs.type),
        local_relay_(local_relay),
        remote_relay_(relay_of(theirs)) {}

  /// Null for a candidate that is not relayed.
  static const IpAddress* relay_of(const Candidate& candidate) {
    return candidate.type == CandidateType::relayed ? &candidate.address.ip : nullptr;
  }
  /// Of candidates of the same type.
  static bool are_same(const IpAddress* a, const IpAddress* b) { return a == b || *a == *b; }

  StreamComponent component_;
  Family family_;
  CandidateType local_;
  CandidateType remote_;
  const IpAddress* local_relay_;
  const IpAddress* remote_relay_;
};

}  // namespace floe::ice
