// A peer's connection to a room of a signalling server, which stays while WebSockets come and go.
//
// Drives itself over the host's channels and timers. What it loses to a broken connection, a
// repeated description makes up for: on each on_joined() after the first, and on each
// on_peer_joined(), announce again (Session::repeat_description); descriptions are idempotent.
//
//   Idle --connect()--> Connecting --open--> Joining --joined--> Joined
//   Connecting, Joining, Joined --closed, or no answer for kJoinTimeout--> Waiting
//   Waiting --backoff passed--> Connecting
//   any --close(), unauthorized, join refused as malformed, place taken by another--> Closed
//
// Limits: kQueueMax messages wait to be sent, at most kClientMessagesPerSecond leave; texts over
// kRelayedSizeMax are not read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/clock.h"
#include "floe/api/message_channel.h"
#include "floe/api/random.h"
#include "floe/api/timer.h"
#include "floe/ice/role.h"
#include "floe/json/value.h"
#include "floe/signal/backoff.h"
#include "floe/signal/limits.h"
#include "floe/signal/message.h"
#include "floe/signal/message_error.h"
#include "floe/signal/room_message.h"
#include "floe/signal/roster.h"
#include "floe/signal/token_bucket.h"

namespace floe::signal {

inline constexpr std::string_view kSubprotocol = "floe.signal.1";
/// After so long in the room, the next backoff begins small again.
inline constexpr Duration kStableAfter = std::chrono::seconds(10);
inline constexpr std::size_t kQueueMax = 128;
/// Below what the server allows, so that a burst is delayed here and not dropped there.
inline constexpr std::uint32_t kClientMessagesPerSecond = kMessagesPerSecondMax - 10;

enum class ClientState : std::uint8_t { idle, connecting, joining, joined, waiting, closed };
std::string_view to_text(ClientState state);

/// Inside, any function of the client may be called, but it must not be destroyed.
class ClientListener {
 public:
  virtual void on_client_state(ClientState state) = 0;
  /// `self` is this peer's id. `resumed`: its place was still there, and so are the peers known.
  virtual void on_joined(std::string_view self, bool resumed) = 0;
  /// `role` is this agent's towards the peer: the newcomer is controlling.
  virtual void on_peer_joined(const Peer& peer, ice::Role role) = 0;
  virtual void on_peer_left(std::string_view peer, LeaveReason reason) = 0;
  virtual void on_message(const Message& message, std::string_view from) = 0;
  /// The server refused something. unauthorized ends the client, unless set_token() is called from
  /// here; so does bad_message before joined.
  virtual void on_room_error(const RoomError& error) = 0;
  /// What came was no message; it was dropped.
  virtual void on_bad_message(MessageError error) = 0;

 protected:
  ~ClientListener() = default;
};

struct ClientOptions {
  std::string url;  ///< "wss://host/signal/room"
  std::string name;
  std::string token;
};

struct ClientCounters {
  std::uint64_t connects = 0;
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t duplicates = 0;  ///< `seq` not above what `from` had sent before
  std::uint64_t unknown_types = 0;
  std::uint64_t ignored_members = 0;
  std::uint64_t bad_messages = 0;
  std::uint64_t refused = 0;  ///< send() while kQueueMax messages wait
};

class SignalingClient final : private MessageChannelListener, private TimerListener {
 public:
  /// What is passed by reference must outlive the client.
  SignalingClient(MessageChannels& channels, Timers& timers, const Clock& clock,
                  RandomSource& random, ClientOptions options, ClientListener& listener);
  ~SignalingClient() = default;
  SignalingClient(const SignalingClient&) = delete;
  SignalingClient& operator=(const SignalingClient&) = delete;

  /// Once.
  void connect();
  /// Queued while not joined. `to` is an id; empty: the only other peer, or the first to come.
  /// False: the queue is full, or the client closed.
  bool send(const Message& message, std::string_view to = {});
  /// Another token for the next time it connects.
  void set_token(std::string token) { options_.token = std::move(token); }
  /// Sends what it can, then leaves the room for good.
  void close();

  ClientState state() const { return state_; }
  std::string_view self() const { return self_; }
  const std::vector<Peer>& peers() const { return roster_.peers(); }
  const ClientCounters& counters() const { return counters_; }

 private:
  void on_channel_open() override;
  void on_channel_message(MessageKind kind, Bytes message) override;
  void on_channel_closed(const ChannelClosed& closed) override;
  void on_channel_drained() override;
  void handle_timeout(Timestamp now) override;

  void open_channel();
  void reconnect_later();
  void end();
  void handle(const Join& message);
  void handle(const Joined& message);
  void handle(const PeerJoined& message);
  void handle(const PeerLeft& message);
  void handle(const RoomError& message);
  bool handle_room_message(const json::Value& root);
  void handle_message(const json::Value& root);
  void update_peers(const Joined& message, bool resumed);
  void remove_peer(const std::string& id, LeaveReason reason);
  void flush();
  void arm();
  void set_state(ClientState state);
  void reject(MessageError error);

  MessageChannels& channels_;
  const Clock& clock_;
  RandomSource& random_;
  ClientOptions options_;
  ClientListener& listener_;
  std::unique_ptr<Timer> timer_;
  std::unique_ptr<MessageChannel> channel_;
  ClientState state_ = ClientState::idle;
  Timestamp deadline_ = kNever;  // of the state: to give up joining, or to connect again
  Timestamp joined_at_ = kNever;
  Backoff backoff_;
  TokenBucket rate_{kClientMessagesPerSecond};
  std::vector<std::string> queue_;
  bool blocked_ = false;  // the channel took no more, and has not drained since
  std::string self_;
  std::string resume_;
  Roster roster_;
  ClientCounters counters_;
};

}  // namespace floe::signal
