// The client's side of one allocation on one five-tuple (RFC 8656, sections 6 to 12): asks for it,
// keeps it with its permissions and channels, and carries data through it.
//
//   fresh --start--> allocating --Allocated--> allocated --release--> releasing --> ended
//                        |                         |
//                        '--AllocationFailed,      '--AllocationLost--> ended
//                           Redirected--> ended
//
// Sans-I/O. After each call take poll_message() and poll_event() until they have nothing more, then
// arm one timer for deadline(). Over UDP a message is a datagram to the server; over TCP and TLS it
// is the next bytes of the stream.
//
// Why a new one has to be made when it is lost: what a server that forgot it said, its nonce among
// it, is worth nothing (RFC 8656, section 7.4: "using a different transaction id" and port).
// Limits: kPermissionsMax peers, kChannelsMax channels, kQueuedMax datagrams that wait.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "floe/stun/credentialed_transaction.h"
#include "floe/turn/allocation_event.h"
#include "floe/turn/channels.h"
#include "floe/turn/outbox.h"
#include "floe/turn/permissions.h"
#include "floe/turn/stream_framing.h"
#include "floe/turn/transport.h"
#include "floe/types/list.h"

namespace floe::turn {

/// Datagrams that wait until their peer has a permission, lest the first check is lost.
///
/// Deviation: (RFC 8445, section 14.2) checks that waited leave together. They were paced when they
/// began to wait, and the relay they leave from opens no binding of a NAT for them.
inline constexpr std::size_t kQueuedMax = 16;
/// The longest that waits; checks and handshakes are no longer.
inline constexpr std::size_t kQueuedSizeMax = 1500;
/// What a Send indication can carry: the header and the peer are the rest.
inline constexpr std::size_t kPayloadSizeMax = 0xffff - 64;
/// A server that gives less is of no use: it would have to be asked all the time.
inline constexpr Duration kLifetimeMin = std::chrono::seconds(10);
/// Over UDP, a NAT on the way to the server forgets a five-tuple on which nothing is sent.
inline constexpr Duration kIdleKeepalive = std::chrono::seconds(15);
/// Answers 400 in succession, whatever they are to, after which the server has another picture of
/// this allocation than we have.
inline constexpr std::uint8_t kBadRequestsMax = 3;

struct AllocationConfig {
  Transport transport = Transport::udp;
  stun::LongTermCredentials credentials = {};
  Duration rto = stun::kInitialRto;
  bool wants_ipv6 = true;  ///< a relayed address of each family, where the server has them
};

struct AllocationCounters {
  std::uint64_t malformed = 0;           ///< neither STUN nor ChannelData, or without what it needs
  std::uint64_t unexpected = 0;          ///< answers to nothing, unknown channels
  std::uint64_t without_permission = 0;  ///< data that the server should not have let through
  std::uint64_t unreachable_peers = 0;   ///< ICMP that the server passed on
  std::uint64_t sends_dropped = 0;       ///< no permission, too long, or too many waited
};

class ClientAllocation {
 public:
  enum class State : std::uint8_t { fresh, allocating, allocated, releasing, ended };

  /// `random` and `crypto` must outlive it.
  ClientAllocation(AllocationConfig config, RandomSource& random, Crypto& crypto);
  ClientAllocation(const ClientAllocation&) = delete;
  ClientAllocation& operator=(const ClientAllocation&) = delete;

  void start(Timestamp now);
  /// One datagram from the server. `message` must stay until the events are taken.
  void handle_message(Timestamp now, Bytes message);
  /// What came over the stream. Lends from itself to the events, until the next call of this.
  void handle_tcp_bytes(Timestamp now, Bytes bytes);
  void handle_timeout(Timestamp now);

  /// To whom something is to be sent, and of them those for whom a channel is worth its price. The
  /// owner says so when a pair is selected: a binding stays for 15 minutes, used or not, and most
  /// peers of a session get no more than a few checks.
  void set_peers(Timestamp now, std::span<const IpAddress> peers,
                 std::span<const TransportAddress> with_channel);
  /// By channel where one is bound, else in a Send indication. What has no permission yet waits for
  /// it. False: dropped, and counted.
  bool send(Timestamp now, const TransportAddress& peer, Bytes payload);

  /// Asks the server now whether it still has it: one that forgot it tells only who asks.
  void verify(Timestamp now);

  enum class Release : std::uint8_t {
    once,      ///< one Refresh, and nothing is armed: for the end of everything
    answered,  ///< repeated until the server has answered
  };
  /// Section 8: a Refresh with a LIFETIME of 0.
  void release(Timestamp now, Release how);

  /// Lent until the next call of any of these.
  std::optional<Bytes> poll_message() { return out_.poll(); }
  std::optional<AllocationEvent> poll_event();
  Timestamp deadline() const;

  State state() const { return state_; }
  const AllocationCounters& counters() const { return counters_; }
  /// Whether the peer can be sent to at `now`, without waiting.
  bool is_permitted(Timestamp now, const TransportAddress& peer) const;

 private:
  enum class Purpose : std::uint8_t { allocate, clear, refresh, release, permission, channel };
  enum class Asks : std::uint8_t { both_families, server_default, ipv6 };
  struct Request {
    Purpose purpose;
    TransportAddress peer;
    std::unique_ptr<stun::CredentialedTransaction> transaction;
  };
  struct Queued {
    TransportAddress peer;
    ByteVector payload;
  };

  // allocation.cc: what it is for
  void handle_channel_data(Timestamp now, Bytes message);
  void handle_data_indication(Timestamp now, const stun::MessageView& indication);
  void write_send(const TransportAddress& peer, Bytes payload);
  void write_channel_data(std::uint16_t channel, Bytes payload);
  void flush_queue(Timestamp now);
  void transmit(Timestamp now, Bytes message);
  void note_sent(Timestamp now);
  void keep_mapping(Timestamp now);

  // allocation_requests.cc: its requests, and what their answers mean
  static stun::Method method_of(Purpose purpose);
  static void write_attributes(stun::MessageBuilder& out, Purpose purpose, Asks asks,
                               const TransportAddress& peer, std::uint16_t channel);
  void ask(Timestamp now, Purpose purpose, const TransportAddress& peer = {},
           std::uint16_t channel = 0);
  void ask_allocate(Timestamp now);
  void ask_due(Timestamp now);
  void handle_response(Timestamp now, const stun::MessageView& response);
  void handle_step(Timestamp now, std::size_t place, stun::CredentialedTransaction::Step step,
                   const stun::MessageView* response);
  void handle_success(Timestamp now, const Request& request, const stun::MessageView& response);
  void handle_error(Timestamp now, const Request& request, std::uint16_t code,
                    std::string_view reason);
  void handle_allocated(Timestamp now, const stun::MessageView& response);
  void handle_allocate_error(Timestamp now, std::uint16_t code, std::string_view reason);
  void clear_five_tuple(Timestamp now);
  void handle_redirect(const stun::MessageView& response);
  bool take_lifetime(Timestamp now, const stun::MessageView& response);
  void end(std::uint16_t code, std::string_view reason);

  AllocationConfig config_;
  RandomSource& random_;
  Crypto& crypto_;
  std::optional<stun::LongTermClient> client_;  ///< never empty
  State state_ = State::fresh;
  Asks asks_;
  bool has_cleared_ = false;
  Permissions permissions_;
  Channels channels_;
  std::vector<Request> requests_;
  std::vector<Queued> queue_;
  StreamReassembler stream_;
  Outbox out_;
  List<TransportAddress> relayed_;
  List<AllocationEvent> events_;
  std::size_t next_event_ = 0;
  Timestamp expires_at_ = kNever;
  Timestamp refresh_at_ = kNever;
  Timestamp keepalive_at_ = kNever;
  std::uint8_t bad_requests_ = 0;
  AllocationCounters counters_;
};

}  // namespace floe::turn
