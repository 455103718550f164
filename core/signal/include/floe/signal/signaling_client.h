// Keeps a peer's place in a room of a signalling server, over one WebSocket after another.
//
// Sans-I/O: after each input, take outputs until poll_output() gives nothing, then arm one timer
// for deadline(). SignalingDriver does that over the channels and timers of a host.
//
//   Idle --join()--> Connecting --channel open--> Joining --joined--> Joined
//   Connecting, Joining, Joined --channel closed, or no answer for kJoinTimeout--> Waiting
//   Waiting --backoff passed--> Connecting
//   any --leave(), unauthorized, join refused as malformed, place taken by another--> Closed
//
// Messages in flight are lost when a connection breaks. A repeated description makes up for that:
// on each RoomJoined after the first, and on each PeerAppeared, announce again
// (Session::repeat_description); descriptions are idempotent.
// Limits: kQueueMax messages wait to be sent, at most kClientMessagesPerSecond leave; texts over
// kRelayedSizeMax are rejected unread.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/random.h"
#include "floe/signal/client_output.h"
#include "floe/signal/limits.h"

namespace floe::signal {

class ConnectionSchedule;
class Roster;
class SendQueue;
struct PeerMessage;

inline constexpr std::string_view kSubprotocol = "floe.signal.1";

struct ClientOptions {
  std::string url;  ///< "wss://host/signal/room"
  std::string name;
  std::string token;
  Offers offers = {};  ///< at most kOffersMax
};

struct ClientCounters {
  std::uint64_t connects = 0;
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t duplicates = 0;  ///< `seq` is not above the last `seq` of `from`
  std::uint64_t unknown_types = 0;
  std::uint64_t ignored_members = 0;
  std::uint64_t bad_messages = 0;
  std::uint64_t refused = 0;  ///< send() while kQueueMax messages wait, or after the end
};

class SignalingClient {
 public:
  /// `random` must outlive the client.
  SignalingClient(RandomSource& random, ClientOptions options);
  ~SignalingClient();
  SignalingClient(const SignalingClient&) = delete;
  SignalingClient& operator=(const SignalingClient&) = delete;

  /// Once; later calls do nothing.
  void join(Timestamp now);
  /// Ends the wait for the next attempt to connect: the network is back. No effect otherwise.
  void retry(Timestamp now);
  /// Queued while the client is not in the room. `to` is an id; empty: the only other peer, or the
  /// first peer that joins. False: the queue is full, or the client is closed.
  bool send(Timestamp now, const Message& message, std::string_view to = {});
  /// Sets another token for the next attempt to join.
  void set_token(std::string token) { options_.token = std::move(token); }
  /// Sends the queued messages that the rate and the channel allow, then leaves the room for good.
  /// Outputs that were not polled yet are dropped.
  void leave(Timestamp now);

  // The events of the channel.
  void handle_open(Timestamp now);
  void handle_text(Timestamp now, std::string_view text);
  /// A binary message, which the protocol does not have.
  void handle_binary(Timestamp now);
  /// `code`: RFC 6455, section 7.4; 1006 when the connection broke or could not be made.
  void handle_closed(Timestamp now, std::uint16_t code);
  /// The channel did not take `text`, the last output; handle_drained() tries it again.
  void handle_blocked(std::string text);
  void handle_drained(Timestamp now);

  void handle_timeout(Timestamp now);
  /// When handle_timeout() is to be called; kNever when nothing waits for time to pass.
  Timestamp deadline() const;

  /// Texts that may go over the channel come before all other outputs.
  std::optional<ClientOutput> poll_output();

  ClientState state() const { return state_; }
  /// This peer's id; empty before it has joined.
  std::string_view self() const { return self_; }
  const std::vector<Peer>& peers() const;
  const ClientCounters& counters() const { return counters_; }

 private:
  void handle(const Join& message);
  void handle(const Joined& message);
  void handle(const PeerJoined& message);
  void handle(const PeerLeft& message);
  void handle(const RoomError& message);
  void handle(PeerMessage& message, std::uint32_t ignored_members);

  void connect();
  void wait_to_reconnect();
  void end();
  void close();
  std::optional<std::string> next_text();
  void decide_on_refusal();
  void set_state(ClientState state);
  void reject(MessageError error);

  RandomSource& random_;
  ClientOptions options_;
  ClientState state_ = ClientState::idle;
  Timestamp now_{};  // the time of the last input
  std::unique_ptr<ConnectionSchedule> schedule_;
  std::unique_ptr<SendQueue> queue_;
  std::unique_ptr<Roster> roster_;
  std::list<ClientOutput> outputs_;
  std::optional<std::string> refused_token_;  // until decide_on_refusal()
  std::string self_;
  std::string resume_;
  ClientCounters counters_;
};

}  // namespace floe::signal
