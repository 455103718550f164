// The client's side of one allocation on one five-tuple (RFC 8656, sections 6 to 12): asks for it,
// keeps it with its permissions and channels, and carries data through it.
//
//   fresh --start--> allocating --Allocated--> allocated --release--> releasing --> ended
//                        |                         |
//                        '--AllocationFailed,      '--AllocationLost--> ended
//                           Redirected--> ended
//
// Sans-I/O. After each call take poll_output() until it has nothing more, then arm one timer for
// deadline() and call handle_timeout(now) when it has come.
//
// A lost allocation is replaced by a new object: a server that forgot the allocation may have
// forgotten the nonce that it gave for it, too (RFC 8656, section 7.4, on 437: "using a different
// transaction id" and port).
// Limits: kPermissionsMax peers, kChannelsMax channels, kWaitingMax datagrams that wait.
#pragma once

#include <memory>
#include <optional>

#include "floe/turn/allocation_config.h"
#include "floe/turn/allocation_counters.h"
#include "floe/turn/allocation_output.h"
#include "floe/turn/wanted_peers.h"
#include "floe/types/list.h"

namespace floe::turn {

struct AllocationAnswer;

class ClientAllocation {
 public:
  enum class State : std::uint8_t { fresh, allocating, allocated, releasing, ended };
  enum class Release : std::uint8_t {
    once,      ///< one Refresh without retransmission: for when the agent closes
    answered,  ///< repeated until the server has answered
  };

  /// `random` and `crypto` must outlive it.
  ClientAllocation(const AllocationConfig& config, RandomSource& random, Crypto& crypto);
  ~ClientAllocation();
  ClientAllocation(const ClientAllocation&) = delete;
  ClientAllocation& operator=(const ClientAllocation&) = delete;

  /// Sends the first Allocate.
  void start(Timestamp now);
  /// One datagram from the server. `message` must stay until the outputs are taken.
  void handle_message(Timestamp now, Bytes message);
  /// Bytes that came over the stream. They are copied; outputs are views of the copy, valid until
  /// the next call of this function.
  void handle_tcp_bytes(Timestamp now, Bytes bytes);
  void handle_timeout(Timestamp now);

  /// Sets the peers that the client wants to reach. Permissions and channels that are no longer
  /// wanted are left to expire.
  void set_wanted(Timestamp now, const WantedPeers& wanted);
  /// Sends by the peer's channel if one is bound, otherwise in a Send indication. A datagram waits
  /// while the permission for its peer is still being requested. False: dropped, and counted.
  bool send(Timestamp now, const TransportAddress& peer, Bytes payload);

  /// Asks the server at once whether it still has the allocation: a server that forgot it says so
  /// only when it is asked.
  void verify(Timestamp now);
  /// Section 8: a Refresh with a LIFETIME of 0.
  void release(Timestamp now, Release how);

  std::optional<AllocationOutput> poll_output();
  /// kNever when nothing waits for time.
  Timestamp deadline() const;

  State state() const { return state_; }
  const AllocationCounters& counters() const { return counters_; }
  /// What to say if it is given up now: the server is silent, or what came instead of an answer.
  AllocationFailed unanswered() const;
  /// Whether a datagram to the peer would leave at `now`, without waiting.
  bool is_permitted(Timestamp now, const TransportAddress& peer) const;

 private:
  struct Parts;

  void ask_due(Timestamp now);
  bool handle_answers(Timestamp now);
  void handle_answer(Timestamp now, const AllocationAnswer& answer);
  void handle_allocate_answer(Timestamp now, const AllocationAnswer& answer);
  void handle_allocated(Timestamp now, const stun::MessageView& response);
  void handle_redirect(const stun::MessageView& response);
  void handle_refresh_answer(Timestamp now, const AllocationAnswer& answer);
  void handle_peer_answer(Timestamp now, const AllocationAnswer& answer);
  void end(std::uint16_t code, std::string_view reason);

  State state_ = State::fresh;
  AllocationCounters counters_;
  std::unique_ptr<Parts> parts_;  ///< never null
  List<TransportAddress> relayed_;
  List<AllocationOutput> events_;
  std::size_t next_event_ = 0;
};

}  // namespace floe::turn
