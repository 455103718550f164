// The TURN clients of one agent: one for each server and component. They let the rest of the agent
// use a relayed address as if it were a socket of its own (RFC 8445, sections 5.1.1.2 and 8.3; RFC
// 8656).
//
// Over UDP a server is asked from the first socket of its family for each component, over TCP and
// TLS through a connection that the host makes. All servers are asked in parallel, as the Pacer has
// slots; a dead server does not delay the others.
//
// Messages go to the agent's output queue; events are taken with poll_event() after each call.
// Limits: kTurnServersMax, kAllocationsMax, kRedirectsMax; kRelayWaitMax.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "floe/ice/send_result.h"
#include "floe/types/list.h"
#include "turn_client.h"

namespace floe::ice {

/// RFC 8445, section 8.3: "the agent SHOULD wait an additional three seconds".
inline constexpr Duration kUnusedRelayKept = 3s;

class TurnClients {
 public:
  /// `sockets` are those of the agent, best first; they must outlive the clients.
  TurnClients(AgentCore& core, const List<LocalSocket>& sockets) : core_(core), sockets_(sockets) {}
  TurnClients(const TurnClients&) = delete;
  TurnClients& operator=(const TurnClients&) = delete;

  /// False: kTurnServersMax, or nothing can be sent there. A server that is known gets the new
  /// credentials, for the next allocation.
  bool add_server(const TurnServer& server);
  /// The socket has been added to the list of sockets.
  void add_socket(const LocalSocket& socket);
  /// The socket has been removed from the list.
  void remove_socket(const TransportAddress& base);

  /// False: not from a TURN server. `payload` must stay until the events are taken.
  bool handle_datagram(Timestamp now, const TransportAddress& base, const TransportAddress& source,
                       Bytes payload);
  void handle_tcp_connected(Timestamp now, TcpConnectionId id, const TransportAddress& local);
  void handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes);
  void handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason);
  /// To be called after each other input, too: does what is due, and begins one allocation if the
  /// Pacer has a slot.
  void handle_timeout(Timestamp now);
  Timestamp deadline() const;
  bool has_events() const { return events_.has_any(); }
  std::optional<TurnEvent> poll_event() { return events_.poll(); }

  SendResult send(Timestamp now, const TransportAddress& relayed, const TransportAddress& peer,
                  Bytes payload);
  /// `add_wanted(relayed, wanted)` adds the peers that are to be reached from a relayed address.
  template <class AddWanted>
  void set_wanted(Timestamp now, AddWanted&& add_wanted) {
    for (TurnClient& client : clients_) {
      turn::WantedPeers wanted;
      for (const TransportAddress& relayed : client.relayed().all()) add_wanted(relayed, wanted);
      client.set_wanted(now, wanted);
    }
  }
  /// Releases the allocations without a used address, once `is_completed` has held for
  /// kUnusedRelayKept.
  template <class IsUsed>
  void release_unused(Timestamp now, bool is_completed, IsUsed&& is_used) {
    if (!is_completed) release_at_ = kNever, has_released_ = false;
    if (!is_completed || has_released_) return;
    if (release_at_ == kNever) release_at_ = now + kUnusedRelayKept;
    if (now < release_at_) return;
    release_at_ = kNever;
    has_released_ = true;
    for (TurnClient& client : clients_) {
      const bool is_kept = client.state() == TurnClient::State::over ||
                           client.state() == TurnClient::State::releasing ||
                           std::ranges::any_of(client.relayed().all(), is_used);
      if (!is_kept) client.release(now);
    }
  }
  /// For a new generation: see TurnClient::restart().
  void restart(Timestamp now);
  /// Releases each allocation with one Refresh, and awaits no answer.
  void close(Timestamp now);

  bool is_relayed(const TransportAddress& address) const { return find(address) != nullptr; }
  std::optional<RelayRoute> route_of(const TransportAddress& relayed) const;
  /// The time until which gathering waits for an allocation. `others_answered`: a STUN server has
  /// answered.
  Timestamp awaited_until(bool others_answered) const;
  std::size_t server_count() const { return servers_.size(); }
  /// The last failure; null when there was none.
  const TurnFailure* last_failure() const { return events_.last_failure(); }

 private:
  void add_client(const TurnServer& server, const LocalSocket& socket);
  void release_ended();
  TurnClient* find(TcpConnectionId id);
  const TurnClient* find(const TransportAddress& relayed) const;
  Duration rto() const;

  AgentCore& core_;
  const List<LocalSocket>& sockets_;
  std::vector<TurnServer> servers_;
  TurnEvents events_;
  std::vector<TurnClient> clients_;
  Timestamp release_at_ = kNever;
  bool has_released_ = false;
  std::uint32_t connections_begun_ = 0;
};

}  // namespace floe::ice
