// The peer's candidates in one generation: those it signalled, and those its checks revealed.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>

#include "floe/ice/candidate.h"
#include "floe/ice/candidate_pair.h"
#include "floe/ice/limits.h"
#include "floe/types/list.h"
#include "index_range.h"

namespace floe::ice {

class RemoteCandidates {
 public:
  enum class Added : std::uint8_t { added, duplicate, merged, limit };
  struct Addition {
    Added outcome;
    RemoteIndex index;  ///< of the candidate, also when it was there before; not for `limit`
  };

  /// A signalled candidate replaces a peer-reflexive one with the same address, and the pairs of
  /// that candidate stay: a path that works must not be checked again because its candidate was
  /// signalled late.
  Addition add_signalled(const Candidate& candidate);

  /// RFC 8445, section 7.3.1.3. Nothing when the limit is reached.
  std::optional<RemoteIndex> add_peer_reflexive(StreamComponent component,
                                                const TransportAddress& address,
                                                std::uint32_t priority);
  /// The same, in the place of a candidate that nothing refers to any more.
  void replace_peer_reflexive(RemoteIndex index, StreamComponent component,
                              const TransportAddress& address, std::uint32_t priority) {
    replace(index, peer_reflexive(component, address, priority));
  }

  /// The peer signals no more.
  void end() { has_ended_ = true; }
  bool has_ended() const { return has_ended_; }

  /// The peer takes the candidate back. It stays in the list, but is used no more;
  /// add_signalled() brings it back.
  void remove(RemoteIndex index) { gone_[index.value()] = true; }
  bool is_usable(RemoteIndex index) const { return !gone_[index.value()]; }

  std::optional<RemoteIndex> find(StreamComponent component, const TransportAddress& address) const;
  const Candidate& at(RemoteIndex index) const { return candidates_[index.value()]; }
  const List<Candidate>& all() const { return candidates_; }
  IndexRange<RemoteIndex> indices() const { return IndexRange<RemoteIndex>(candidates_.size()); }
  List<Candidate> usable() const;
  bool is_full() const;
  /// Puts `candidate` in the place of a candidate that nothing refers to any more.
  void replace(RemoteIndex index, const Candidate& candidate);

 private:
  Candidate peer_reflexive(StreamComponent component, const TransportAddress& address,
                           std::uint32_t priority);

  List<Candidate> candidates_;
  std::bitset<kRemoteCandidatesMax> gone_;  // by index
  std::uint32_t peer_reflexive_count_ = 0;
  bool has_ended_ = false;
};

}  // namespace floe::ice
