// The one place that decides which peers the gateway sends to and receives from.
//
// By default it denies all addresses that strangers must not reach; options open single ranges.
// Addresses that the gateway itself listens on are never reachable. Sockets that its own clients
// have bound are, because two pages on one gateway must be able to meet. TCP goes only to the TURN
// servers that the operator has named.
#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "address_class.h"
#include "floe/rooms/refusal_log.h"
#include "floe/tunnel/server/policy.h"
#include "floe/turn_server/peer_policy.h"
#include "turn_destinations.h"

namespace floe::gateway {

struct PolicyOptions {
  bool allow_loopback = false;  ///< development only
  bool allow_private = false;   ///< the operator's own network: 10/8, 192.168/16 and the like
};

class AddressPolicy final : public tunnel::Policy, public turn::PeerPolicy {
 public:
  /// `refusals` must outlive the policy; null: nothing is logged.
  explicit AddressPolicy(const PolicyOptions& options, TurnDestinations turn = {},
                         rooms::RefusalLog* refusals = nullptr)
      : options_(options), turn_(std::move(turn)), refusals_(refusals) {}

  /// The servers that TCP may go to, also when everything else is denied.
  TurnDestinations& turn_destinations() { return turn_; }

  /// An address that the gateway itself listens on: denied, also when everything else is allowed.
  void add_own_listener(const TransportAddress& address);
  /// A socket that a client has bound: may be reached by other clients. Several may claim one
  /// address; it is closed again when the last of them gives it up.
  void add_own_socket(const TransportAddress& address);
  void remove_own_socket(const TransportAddress& address);

  /// Grows whenever judge() may answer otherwise than before: who keeps an answer keeps this number
  /// beside it.
  std::uint64_t generation() const { return generation_; }

  tunnel::FlowVerdict allow(Timestamp now, const tunnel::Flow& flow) override;
  tunnel::PeerPermission permission(Timestamp now, tunnel::SocketId socket,
                                    const TransportAddress& remote) override;

  /// Whether a datagram to some port of `ip` may pass. A client that looks up a name learns only
  /// such addresses.
  bool admits(const IpAddress& ip) const override;
  /// The same rules as judge(), for TURN.
  bool allows(const TransportAddress& peer) const override {
    return judge(peer) == tunnel::DenyReason::none;
  }
  /// Applies the rules for datagrams to `remote`.
  tunnel::DenyReason judge(const TransportAddress& remote) const;

 private:
  bool is_own_listener(const TransportAddress& canonical_remote) const;
  void log_refusal(Timestamp now, std::string_view what, const TransportAddress& remote,
                   std::string_view remedy);

  PolicyOptions options_;
  TurnDestinations turn_;
  rooms::RefusalLog* refusals_;
  std::set<TransportAddress> own_listeners_;
  std::map<TransportAddress, std::size_t> own_sockets_;  // with the number of their owners
  std::uint64_t generation_ = 1;
};

}  // namespace floe::gateway
