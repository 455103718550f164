// The candidates of this agent in one generation, with the foundations it gives them.
#pragma once

#include <bitset>
#include <optional>

#include "floe/ice/candidate.h"
#include "floe/ice/candidate_pair.h"
#include "floe/ice/limits.h"
#include "floe/ice/local_socket.h"
#include "floe/ice/turn_server.h"
#include "floe/types/list.h"
#include "index_range.h"

namespace floe::ice {

class LocalCandidates {
 public:
  /// Nothing when it is redundant or kLocalCandidatesMax is reached. RFC 8445, section 5.1.3: a
  /// candidate is redundant if its "transport address and base" both equal those of another
  /// candidate.
  std::optional<LocalIndex> add_host(const LocalSocket& socket);

  /// `mapped` is the address of `socket` as `server` sees it; `server` is empty for a configured
  /// address. Nothing as above; without a NAT the candidate is always redundant.
  std::optional<LocalIndex> add_server_reflexive(const LocalSocket& socket,
                                                 const TransportAddress& mapped,
                                                 const std::optional<IpAddress>& server);

  /// `relayed` is an address of a TURN server. `socket` is the local end of the path to the server,
  /// and the candidate gets its preference; `related` is signalled as the related address.
  std::optional<LocalIndex> add_relayed(const LocalSocket& socket, const TransportAddress& relayed,
                                        const TransportAddress& related, const RelayRoute& route);

  /// A local candidate that a response revealed (section 7.2.5.3.1): `priority` is the PRIORITY of
  /// the check.
  std::optional<LocalIndex> add_peer_reflexive(const Candidate& base,
                                               const TransportAddress& mapped,
                                               std::uint32_t priority);

  /// The candidate that a response to a check from `base` revealed: a known candidate with the
  /// mapped address, or a new peer-reflexive one; `base` itself when the limit is reached.
  LocalIndex discover(LocalIndex base, const TransportAddress& mapped, std::uint32_t priority);

  const Candidate& at(LocalIndex index) const { return candidates_[index.value()]; }
  const List<Candidate>& all() const { return candidates_; }
  IndexRange<LocalIndex> indices() const { return IndexRange<LocalIndex>(candidates_.size()); }
  List<Candidate> usable() const;

  /// No more will come.
  void end() { has_ended_ = true; }
  bool has_ended() const { return has_ended_; }

  /// The socket of `base` is gone: its candidates stay in the list, but are used no more.
  /// add_host() brings them back.
  void remove_base(const TransportAddress& base);
  bool is_usable(LocalIndex index) const { return !gone_[index.value()]; }
  bool has_usable() const { return gone_.count() < candidates_.size(); }
  /// Whether checks are sent from it: reflexive candidates only stand for their base (section
  /// 6.1.2.4).
  bool is_base(LocalIndex index) const { return is_base(at(index)); }

  /// The usable host or relayed candidate of `base`.
  std::optional<LocalIndex> find_base(const TransportAddress& base) const;
  /// Of that candidate.
  std::optional<StreamComponent> component_of(const TransportAddress& base) const;
  std::optional<LocalIndex> find(StreamComponent component, const TransportAddress& address,
                                 const TransportAddress& base) const;

 private:
  struct FoundationKey {
    CandidateType type;
    std::optional<turn::Transport> transport;  ///< to a TURN server
    IpAddress base;
    std::optional<IpAddress> server = {};
    bool operator==(const FoundationKey&) const = default;
  };

  static bool is_base(const Candidate& candidate) {
    return candidate.type == CandidateType::host || candidate.type == CandidateType::relayed;
  }
  Foundation foundation_of(const FoundationKey& key);
  std::optional<LocalIndex> add(const Candidate& candidate);

  List<Candidate> candidates_;
  std::bitset<kLocalCandidatesMax> gone_;  // by index
  bool has_ended_ = false;
  List<FoundationKey> foundations_;
};

}  // namespace floe::ice
