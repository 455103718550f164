// What pairs, or candidates of the peer, have in common that will probably work, or fail, for the
// same reason.
#pragma once

#include "floe/ice/candidate.h"
#include "floe/types/address.h"

namespace floe::ice {

struct PairKind {
  PairKind(const Candidate& ours, const Candidate& theirs)
      : component(ours.id()),
        family(theirs.address.ip.family()),
        local(ours.type),
        remote(theirs.type),
        local_relay(relay_of(ours)),
        remote_relay(relay_of(theirs)) {}
  /// The kind of a remote candidate alone.
  explicit PairKind(const Candidate& theirs) : PairKind(blank(theirs), theirs) {}
  bool operator==(const PairKind&) const = default;

  StreamComponent component;
  Family family;
  CandidateType local;
  CandidateType remote;
  IpAddress local_relay;  ///< unspecified for a candidate that is not relayed
  IpAddress remote_relay;

 private:
  static Candidate blank(const Candidate& theirs) {
    Candidate ours;
    ours.stream = theirs.stream;
    ours.component = theirs.component;
    return ours;
  }
  static IpAddress relay_of(const Candidate& candidate) {
    return candidate.type == CandidateType::relayed ? candidate.address.ip : IpAddress();
  }
};

}  // namespace floe::ice
