// What one client of a tunnel may send and receive: the addresses that are open to all, those of
// its token, the consent of each peer, and the client's share.
//
// In this order: where an address is closed nothing is remembered about it, and what a gate refuses
// costs the client no share of its rate.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "address_policy.h"
#include "client_share.h"
#include "consent_options.h"
#include "floe/consent/consent_gate.h"
#include "floe/token/grant.h"
#include "named_servers.h"

namespace floe::gateway {

class ClientPolicy final : public tunnel::Policy {
 public:
  /// Hears of a permission that has changed.
  using OnChange = std::function<void(tunnel::SocketId socket, const TransportAddress& peer,
                                      const tunnel::PeerPermission& permission)>;

  /// `addresses` and `options` must outlive the policy; `hash_key` is random.
  ClientPolicy(AddressPolicy& addresses, const ConsentOptions& options,
               const consent::HashKey& hash_key);
  ~ClientPolicy();

  /// What the client's token claims counts from now on. It makes the operator's rules stricter;
  /// only with ConsentOptions::by_token it also opens peers that have not consented.
  void admit(const token::Grant& grant);
  /// Those of the token: they have consented.
  NamedServers& named_servers() { return servers_; }

  tunnel::FlowVerdict allow(Timestamp now, const tunnel::Flow& flow) override;
  tunnel::PeerPermission permission(Timestamp now, tunnel::SocketId socket,
                                    const TransportAddress& remote) override;

  /// The socket is closed: its peers have consented to nobody else.
  void forget(tunnel::SocketId socket);
  /// Tells all changes since the last call. Not from inside a call of the session.
  void report_changes(Timestamp now, const OnChange& on_change);
  /// When the next consent ends; kNever without one.
  Timestamp deadline() const;
  /// Why the session must end; empty while the client behaves.
  std::string_view offence() const;

 private:
  tunnel::DenyReason judge(const TransportAddress& peer) const;
  tunnel::DenyReason ask_gate(Timestamp now, const tunnel::Flow& flow);
  consent::ConsentGate& gate_of(tunnel::SocketId socket);
  /// Whether only consent opens this peer.
  bool is_gated(const TransportAddress& peer) const;

  AddressPolicy& addresses_;
  const ConsentOptions& options_;
  consent::HashKey hash_key_;
  bool is_gated_;
  std::optional<std::vector<AddressPrefix>> only_;  // peers that the token names
  NamedServers servers_;
  consent::ScanWatch scans_;
  ClientShare out_;
  ClientShare in_;
  std::vector<std::unique_ptr<consent::ConsentGate>> gates_;  // by socket
};

}  // namespace floe::gateway
