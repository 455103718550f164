// One TURN client of an agent: asks one server for an allocation for one component, over a socket
// of the agent or over a connection of TCP or TLS, and relays through it (RFC 8656).
//
//   waiting --a slot--> (connecting, over TCP or TLS) --> allocating --> allocated --> releasing
//      ^                          |                           |              |            |
//      '----- lost, redirected, or after resting: failed -----'--------------'            v
//                                                                                        over
//
// A loss is made good at once, and what fails after it is tried again with longer and longer waits.
// What no time will change ends in over, such as credentials that the server refuses.
//
// TurnClients drives it. Messages and connections go to the agent's output queue, events to
// TurnEvents.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "agent_core.h"
#include "floe/turn/client_allocation.h"
#include "relay_setbacks.h"
#include "relayed_addresses.h"

namespace floe::ice {

/// How long a server over UDP may take to give an allocation.
inline constexpr Duration kRelayTimeout = 5s;
/// The same over TCP and TLS, where the handshakes come before.
inline constexpr Duration kRelayStreamTimeout = 10s;

class TurnClient {
 public:
  enum class State : std::uint8_t {
    waiting,     ///< for a slot of the Pacer
    resting,     ///< until the next attempt
    connecting,  ///< over TCP and TLS
    allocating,
    allocated,
    releasing,  ///< the release is sent, but not yet answered
    over,       ///< refused for good, or released
  };

  /// The objects passed by reference must outlive the client; `sockets` are the agent's. `rank`:
  /// see RelayedAddresses.
  TurnClient(AgentCore& core, const List<LocalSocket>& sockets, TurnEvents& events,
             std::size_t rank, const TurnServer& server, StreamComponent component);

  /// Other credentials, for the next allocation.
  void set_server(const TurnServer& server) { five_tuple_.set_server(server); }
  /// Begins from the start. Over UDP the server is asked from `base`.
  void use_socket(const TransportAddress& base);
  void remove_socket(const TransportAddress& base);

  /// The Pacer has a slot for this waiting client. Over UDP allocate() sends the first request,
  /// with this RTO; over TCP and TLS connect() asks the host to connect.
  void allocate(Timestamp now, Duration rto);
  void connect(Timestamp now, TcpConnectionId id);

  void handle_datagram(Timestamp now, Bytes payload);
  void handle_tcp_connected(Timestamp now, const TransportAddress& local, Duration rto);
  void handle_tcp_bytes(Timestamp now, Bytes bytes);
  void handle_tcp_closed(Timestamp now, std::string_view reason);
  void handle_timeout(Timestamp now);

  void set_wanted(Timestamp now, const turn::WantedPeers& wanted);
  bool send(Timestamp now, const TransportAddress& peer, Bytes payload);
  /// For a new generation: announces an allocation once more, and asks the server whether it still
  /// has it, since a restart mostly follows a path that was lost. A client that rests or is over
  /// begins from the start.
  void restart(Timestamp now);
  void release(Timestamp now);
  /// Releases the allocation with one Refresh, and awaits no answer.
  void close(Timestamp now);

  State state() const { return state_; }
  /// Has no allocation yet, and may still get one.
  bool is_pending() const {
    return state_ == State::waiting || state_ == State::connecting || state_ == State::allocating;
  }
  bool was_heard() const { return was_heard_; }
  const TurnFiveTuple& five_tuple() const { return five_tuple_; }
  const RelayedAddresses& relayed() const { return relayed_; }
  /// Whether a datagram that came to `base` from `source` may belong to this client.
  bool is_at(const TransportAddress& base, const TransportAddress& source) const {
    return allocation_ && five_tuple_.has(base, source);
  }
  /// To be called at the start of each input, when all events have been taken.
  void release_ended() { ended_.reset(); }
  Timestamp deadline() const;
  /// The time until which gathering waits for this client. `others_answered`: another server has
  /// answered, which shows how long an answer takes here, so a silent server has only
  /// kSilencePatience.
  Timestamp awaited_until(bool others_answered) const;

 private:
  void start_over();
  void begin(Timestamp now);
  void ask(Timestamp now, Duration rto);
  void drain(Timestamp now);
  void transmit(Bytes message);
  void handle_output(Timestamp now, const turn::AllocationOutput& output);
  void handle_allocated(Timestamp now, const turn::Allocated& allocated);
  void handle_redirected(Timestamp now, const turn::Redirected& redirected);
  void handle_failed(Timestamp now, const turn::AllocationFailed& failed);
  void lose(Timestamp now, std::uint16_t code, std::string_view reason);
  void rest(Timestamp now);
  void end() {
    end_allocation();
    state_ = State::over;
  }
  void end_allocation();
  Timestamp given_up_at() const {
    return begun_at_ + (five_tuple_.is_stream() ? kRelayStreamTimeout : kRelayTimeout);
  }

  AgentCore& core_;
  TurnEvents& events_;
  State state_ = State::waiting;
  bool was_heard_ = false;  ///< since begun_at_: the server is alive
  Timestamp rests_until_ = kNever;
  Timestamp begun_at_{};
  Timestamp allocated_at_{};
  TurnFiveTuple five_tuple_;
  RelaySetbacks setbacks_;
  RelayedAddresses relayed_;
  std::unique_ptr<turn::ClientAllocation> allocation_;
  std::unique_ptr<turn::ClientAllocation> ended_;  // events may hold views of its data
};

}  // namespace floe::ice
