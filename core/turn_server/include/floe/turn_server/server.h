// A server of TURN over UDP, TCP and TLS that relays UDP (RFC 8656; clients of RFC 5766), with
// Binding and NAT behaviour discovery beside it (RFC 8489, RFC 5780).
//
// Does no I/O: the host hands in messages and the time; the server asks the host through ServerHost
// to send and to open sockets. Data from a client to a peer and back passes in one call, without a
// queue and without an allocation of memory.
//
// Unauthenticated requests leave no state behind: a nonce can be checked without stored state, and
// answers to UDP sources are limited in rate and in size. An allocation belongs to a five-tuple and
// to a user, who has a quota.
//
// Deviation: DONT-FRAGMENT is refused with a 420, as section 7.2, step 4, demands of servers that
// cannot set the DF bit: the hosts cannot set it. MOBILITY-TICKET and TCP relays (RFC 6062) are not
// supported; they are refused as unknown or with a 442.
#pragma once

#include <memory>

#include "floe/api/random.h"
#include "floe/stun/authenticator.h"
#include "floe/turn_server/client_path.h"
#include "floe/turn_server/peer_policy.h"
#include "floe/turn_server/relay_failure.h"
#include "floe/turn_server/relay_id.h"
#include "floe/turn_server/server_config.h"
#include "floe/turn_server/server_counters.h"
#include "floe/turn_server/server_host.h"
#include "floe/types/time.h"

namespace floe::turn {

struct Icmp;

/// All of them must outlive the server.
struct ServerParts {
  ServerHost& host;
  RandomSource& random;
  const PeerPolicy& policy;
  /// For requests on a five-tuple without an allocation.
  stun::Authenticator& newcomers;
  /// For requests on an existing allocation; may be the same object. Both accept each other's
  /// nonces.
  stun::Authenticator& residents;
};

class Server {
 public:
  Server(const ServerParts& parts, const ServerConfig& config);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// One datagram, or one frame of a stream (see StreamReassembler).
  void handle_client_message(Timestamp now, const ClientPath& path, Bytes message);
  /// The connection is gone, and its allocation is deleted.
  void handle_tcp_closed(Timestamp now, const ClientPath& path);
  void handle_peer_datagram(Timestamp now, RelayId relay, const TransportAddress& peer,
                            Bytes payload);
  /// The network answered a datagram from `relay` to `peer` by this, an error of ICMP or ICMPv6.
  void handle_peer_error(Timestamp now, RelayId relay, const TransportAddress& peer,
                         const Icmp& error);

  void on_relay_opened(Timestamp now, RelayId relay);
  /// Called instead of on_relay_opened(), or later when an open relay is lost.
  void on_relay_failed(Timestamp now, RelayId relay, RelayFailure failure);

  /// When handle_timeout() is to be called; kNever when nothing waits.
  Timestamp deadline() const;
  void handle_timeout(Timestamp now);

  /// From now on new allocations are refused, and existing ones go on: for a planned shutdown.
  void drain();

  /// Allocations of one user and of all; those beyond lower limits go on.
  void set_quota(std::size_t per_user_max, std::size_t max);

  std::size_t allocations_max() const;
  std::size_t allocation_count() const;
  bool has_allocation(const ClientPath& path) const;
  const ServerCounters& counters() const { return counters_; }
  const stun::BindingServerCounters& binding_counters() const;

 private:
  class Machine;

  ServerCounters counters_;
  std::unique_ptr<Machine> machine_;
};

}  // namespace floe::turn
