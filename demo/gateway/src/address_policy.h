// The one place that decides which peers the gateway sends to and receives from.
//
// Every address is brought into one form and judged by what it is and by what it carries. This
// machine is closed but for the sockets of clients; then come the operator's rules, then the
// registries of special-purpose addresses. TCP goes only to the TURN servers that the operator has
// named.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "address_options.h"
#include "address_rules.h"
#include "floe/rooms/refusal_log.h"
#include "floe/tunnel/server/policy.h"
#include "floe/turn_server/peer_policy.h"
#include "named_servers.h"
#include "own_machine.h"
#include "port_rules.h"
#include "verdict_cache.h"

namespace floe::gateway {

class AddressPolicy final : public tunnel::Policy, public turn::PeerPolicy {
 public:
  /// `refusals` must outlive the policy; null: nothing is logged. `own` is what the policies of
  /// several threads share; null: it has its own.
  explicit AddressPolicy(const AddressOptions& options, NamedServers servers = {},
                         rooms::RefusalLog* refusals = nullptr,
                         std::shared_ptr<OwnMachine> own = nullptr);

  /// Other rules for what comes from now on. The external addresses stay.
  void reload(const AddressOptions& options, NamedServers servers);

  /// The servers that TCP may go to, also when everything else is denied.
  NamedServers& named_servers() { return servers_; }
  const OwnMachine& own_machine() const { return *own_; }

  /// The addresses of this machine, at the start and whenever they change.
  void set_own_addresses(const std::vector<IpAddress>& addresses) {
    own_->set_addresses(addresses);
  }
  /// An address that the gateway itself listens on: denied, also when everything else is allowed.
  void add_own_listener(const TransportAddress& address) { own_->add_listener(address); }
  /// A socket of a client: may be reached by other clients. Several may claim one address; it is
  /// closed again when the last of them gives it up. `bound` where it is bound to another address
  /// than the one that peers see.
  void add_own_socket(const TransportAddress& advertised, const TransportAddress& bound) {
    own_->add_socket(advertised, bound);
  }
  void add_own_socket(const TransportAddress& address) { own_->add_socket(address, address); }
  void remove_own_socket(const TransportAddress& advertised) { own_->remove_socket(advertised); }

  /// Grows whenever judge() may answer otherwise than before: who keeps an answer keeps this number
  /// beside it.
  std::uint64_t generation() const { return own_->generation(); }

  tunnel::FlowVerdict allow(Timestamp now, const tunnel::Flow& flow) override;
  tunnel::PeerPermission permission(Timestamp now, tunnel::SocketId socket,
                                    const TransportAddress& remote) override;

  /// Whether a datagram to some port of `ip` may pass. A client that looks up a name learns only
  /// such addresses.
  bool admits(const IpAddress& ip) const override;
  /// Whether a TCP connection may be opened that is one of `servers`. An address that was written
  /// is the word of who vouches for it. One that a name was found to have is only the word of a DNS
  /// server, and under the same rules as that of a peer.
  bool admits_tcp(const tunnel::Flow& flow, const NamedServers& servers) const;
  /// The same rules as judge(), for TURN.
  bool allows(const TransportAddress& peer) const override {
    return judge(peer) == tunnel::DenyReason::none;
  }
  /// Applies the rules for datagrams to `remote`.
  tunnel::DenyReason judge(const TransportAddress& remote) const;

  /// What is open and what is closed, in the order in which it is asked, a line each.
  std::vector<std::string> to_lines() const;

 private:
  tunnel::DenyReason ask_rules(const TransportAddress& remote) const;
  bool is_open(const WideAddress& ip, std::uint16_t port) const;
  void log_refusal(Timestamp now, std::string_view what, const TransportAddress& remote,
                   std::string_view remedy);

  AddressRules addresses_;
  PortRules ports_;
  std::shared_ptr<OwnMachine> own_;
  NamedServers servers_;
  rooms::RefusalLog* refusals_;
  mutable VerdictCache verdicts_;
};

}  // namespace floe::gateway
