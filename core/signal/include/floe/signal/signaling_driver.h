// Connects a SignalingClient to the message channels, the timers and the clock of a host.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "floe/api/clock.h"
#include "floe/api/message_channel.h"
#include "floe/api/timer.h"
#include "floe/signal/signaling_client.h"

namespace floe::signal {

/// Inside these functions, any function of the driver may be called, but the driver must not be
/// destroyed. The events of such a call are delivered after the present function returns.
class SignalingListener {
 public:
  virtual void on_client_state(ClientState state) = 0;
  /// The state is ClientState::waiting now; why the connection was lost or not made, for people.
  virtual void on_connection_lost(const ChannelClosed&) {}
  /// `self` is this peer's id. `resumed`: its earlier place was still there, so the known peers are
  /// the same.
  virtual void on_joined(std::string_view self, bool resumed) = 0;
  /// `role` is this agent's role towards the peer: the newcomer is controlling.
  virtual void on_peer_joined(const Peer& peer, ice::Role role) = 0;
  virtual void on_peer_left(std::string_view peer, LeaveReason reason) = 0;
  virtual void on_message(const Message& message, std::string_view from) = 0;
  /// The server refused a message. `unauthorized` closes the client, unless set_token() is called
  /// from here; `bad_message` in place of `joined` closes it in any case.
  virtual void on_room_error(const RoomError& error) = 0;
  /// A text that arrived was not a message; it was dropped.
  virtual void on_bad_message(MessageError error) = 0;

 protected:
  ~SignalingListener() = default;
};

class SignalingDriver final : private MessageChannelListener, private TimerListener {
 public:
  /// Objects passed by reference must outlive the driver.
  SignalingDriver(MessageChannels& channels, Timers& timers, const Clock& clock,
                  RandomSource& random, ClientOptions options, SignalingListener& listener);
  ~SignalingDriver() = default;
  SignalingDriver(const SignalingDriver&) = delete;
  SignalingDriver& operator=(const SignalingDriver&) = delete;

  // As in SignalingClient.
  void join();
  void retry();
  bool send(const Message& message, std::string_view to = {});
  void set_token(std::string token) { client_.set_token(std::move(token)); }
  void leave();

  const SignalingClient& client() const { return client_; }

 private:
  void on_channel_open() override;
  void on_channel_message(MessageKind kind, Bytes message) override;
  void on_channel_closed(const ChannelClosed& closed) override;
  void on_channel_drained() override;
  void handle_timeout(Timestamp now) override;

  void drain();
  void carry_out(const ConnectChannel& connect);
  void carry_out(SendOverChannel& send);
  void carry_out(const CloseChannel&);
  void carry_out(const DropChannel&);
  void carry_out(const ClientStateChanged& changed);
  void carry_out(const RoomJoined& joined);
  void carry_out(const PeerAppeared& appeared);
  void carry_out(const PeerLeft& left);
  void carry_out(const MessageReceived& received);
  void carry_out(const RoomError& error);
  void carry_out(const MessageRejected& rejected);

  MessageChannels& channels_;
  const Clock& clock_;
  SignalingListener& listener_;
  SignalingClient client_;
  std::unique_ptr<Timer> timer_;
  // Only join() and the timer replace or drop it, so never during one of its callbacks.
  std::unique_ptr<MessageChannel> channel_;
  std::string lost_because_;
  bool was_refused_ = false;
  bool draining_ = false;
};

}  // namespace floe::signal
