// The relays of one agent: asks TURN servers for allocations, and lets the rest of the agent use a
// relayed address as if it were a socket of its own (RFC 8445, sections 5.1.1.2 and 8.3; RFC 8656).
//
// Over UDP a server is asked from the first socket of its family for each component, over TCP and
// TLS through a stream that the host connects. All are asked at once, as the Pacer has slots; a
// server that is dead costs the others nothing.
//
// An agent without TURN servers has none of this. What is sent goes to the agent's output queue;
// what happens is taken with poll_event().
// Limits: kTurnServersMax, kAllocationsMax, kRelayRemakesMax, kRedirectsMax.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "floe/ice/local_socket.h"
#include "floe/types/list.h"
#include "relay.h"

namespace floe::ice {

/// How long an unanswered server is waited for, counted from when it was first asked.
inline constexpr Duration kRelayTimeout = 5s;
/// The same over a stream: the handshakes of TCP and TLS come before.
inline constexpr Duration kRelayStreamTimeout = 10s;
/// An allocation that lived so long is no sign of a server that forgets again and again.
inline constexpr Duration kRelayProven = 300s;
/// RFC 8445, section 8.3: "the agent SHOULD wait an additional three seconds".
inline constexpr Duration kUnusedRelayKept = 3s;

class Relays {
 public:
  /// A relayed candidate is there, by a path of `route`, from `socket`, seen there as `mapped`.
  struct Relayed {
    LocalSocket socket;
    TransportAddress relayed;
    std::optional<TransportAddress> mapped;
    RelayRoute route;
  };
  struct Gone {
    TransportAddress relayed;
  };
  struct PeerRefused {
    TransportAddress relayed;
    IpAddress peer;
    std::uint16_t code;
  };
  struct Data {
    TransportAddress relayed;
    TransportAddress peer;
    Bytes payload;
  };
  using Event = std::variant<Relayed, Gone, PeerRefused, Data>;

  /// What a generation needs of one relayed address.
  struct Needs {
    List<IpAddress> peers;                ///< of pairs that may work
    List<TransportAddress> with_channel;  ///< of selected pairs
  };

  explicit Relays(AgentCore& core) : core_(core) {}

  /// False: kTurnServersMax, or nothing can be sent there. A server that is known gets the new
  /// credentials, for the next allocation.
  bool add_server(const TurnServer& server);
  void add_socket(const LocalSocket& socket);
  void remove_socket(const TransportAddress& base);

  /// False: not from a relay. `payload` must stay until the events are taken.
  bool handle_datagram(Timestamp now, const TransportAddress& base, const TransportAddress& source,
                       Bytes payload);
  void handle_tcp_connected(Timestamp now, TcpConnectionId id, const TransportAddress& local);
  void handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes);
  void handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason);

  /// Does what is due, and begins one allocation if the Pacer has a slot.
  void progress(Timestamp now);
  Timestamp deadline() const;
  std::optional<Event> poll_event();

  bool is_relayed(const TransportAddress& address) const { return find(address) != nullptr; }
  std::optional<RelayRoute> route_of(const TransportAddress& relayed) const;
  void send(Timestamp now, const TransportAddress& relayed, const TransportAddress& peer,
            Bytes payload);
  template <class NeedsOf>
  void set_needs(Timestamp now, NeedsOf&& needs_of) {
    for (Relay& relay : relays_) {
      if (relay.state != RelayState::allocated) continue;
      Needs needs;
      for (const TransportAddress& relayed : relay.relayed) needs_of(relayed, needs);
      relay.allocation->set_peers(now, needs.peers, needs.with_channel);
      drain(now, relay);
    }
  }

  /// What was released, or failed, is tried again; what is there is told anew, and its server asked
  /// whether it has it still: mostly a restart follows a path that was lost.
  void restart(Timestamp now);
  /// Releases what is not used, once `is_completed` has held for kUnusedRelayKept.
  template <class IsUsed>
  void release_unused(Timestamp now, bool is_completed, IsUsed&& is_used) {
    if (!is_completed) release_at_ = kNever, has_released_ = false;
    if (!is_completed || has_released_) return;
    if (release_at_ == kNever) release_at_ = now + kUnusedRelayKept;
    if (now < release_at_) return;
    release_at_ = kNever;
    has_released_ = true;
    for (Relay& relay : relays_) {
      if (relay.state == RelayState::over || relay.state == RelayState::releasing) continue;
      if (std::ranges::none_of(relay.relayed, is_used)) release(now, relay);
    }
  }
  /// One Refresh each, and nothing waits for an answer.
  void close(Timestamp now);

  /// From then on nothing more is worth waiting for. `others_answered`: some server did, so that
  /// the silent ones have only a patience left.
  Timestamp awaited_until(bool others_answered) const;

  std::size_t server_count() const { return servers_.size(); }
  /// The last that a server, or its silence, said; for people.
  struct Failure {
    TurnServer server;
    std::uint16_t code;
    turn::Reason reason;
  };
  const std::optional<Failure>& last_failure() const { return last_failure_; }

 private:
  // relays.cc
  void want(std::size_t server, const LocalSocket& socket);
  Relay* find(TcpConnectionId id);
  Relay* find(const TransportAddress& relayed);
  const Relay* find(const TransportAddress& relayed) const;
  void start_over(Relay& relay) const;
  void flush(Relay& relay);
  void retire(Relay& relay);
  void release(Timestamp now, Relay& relay);
  void end_stream(Relay& relay);
  Timestamp given_up_at(const Relay& relay) const;
  Timestamp patience_ends_at(const Relay& relay, bool others_answered) const;
  const LocalSocket* socket_of(const Relay& relay) const;

  // relays_allocations.cc: what becomes of one
  void begin(Timestamp now, Relay& relay);
  void allocate(Timestamp now, Relay& relay);
  void drain(Timestamp now, Relay& relay);
  void take_event(Timestamp now, Relay& relay, turn::AllocationEvent& event);
  void take_allocated(Timestamp now, Relay& relay, const turn::Allocated& allocated);
  std::uint16_t preference_of(const Relay& relay, const TransportAddress& relayed) const;
  void tell_relayed(const Relay& relay);
  void take_failure(Timestamp now, Relay& relay, const turn::AllocationFailed& failed);
  void try_next_socket(Relay& relay);
  void fail(Relay& relay, std::uint16_t code, std::string_view reason);
  void lose(Timestamp now, Relay& relay, std::uint16_t code, std::string_view reason);
  void follow(Relay& relay, const turn::Redirected& redirected);
  void report(const Relay& relay, std::uint16_t code, std::string_view reason);

  AgentCore& core_;
  std::vector<TurnServer> servers_;
  List<LocalSocket> sockets_;
  std::vector<Relay> relays_;
  List<Event> events_;
  std::size_t next_event_ = 0;
  std::vector<std::unique_ptr<turn::ClientAllocation>> retired_;
  Timestamp release_at_ = kNever;
  bool has_released_ = false;
  std::uint32_t streams_begun_ = 0;
  std::optional<Failure> last_failure_;
};

}  // namespace floe::ice
