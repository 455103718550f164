// A room of a signalling server, and a connection to each peer in it, over the channels, sockets
// and timers of a host.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/message_channel.h"
#include "floe/driver/connection.h"
#include "floe/driver/waiting.h"
#include "floe/peer/room.h"
#include "floe/signal/signaling_driver.h"

namespace floe {

class Patience;

struct RoomOptions {
  std::string url = {};    ///< ws(s)://HOST/signal/ROOM
  std::string name = {};   ///< how others in the room know this device
  std::string token = {};  ///< if the server asks for one
  ConnectionOptions connection = {};
  std::size_t connections_max = 16;  ///< further peers are not answered
  /// The services that this device offers: at most 8 names, made of letters, digits and ._~-
  std::vector<std::string> offers = {};
  /// The service that a peer must offer, or not say what it offers. With connections_max, those
  /// that say that they offer it come first. Empty: any.
  std::string seeks = {};
};

/// Joins a room and stays in it, also when its WebSocket breaks. Each peer in the room gets a
/// Connection, which begins by itself; the newcomer of the two is controlling. A connection is
/// removed when it is closed, or when it has failed and its peer has left.
///
/// All connections have the same certificate. So a page that has another connection to this device,
/// by the browser's own WebRTC, knows that it leads to the same device.
///
/// The functions that a user sets are called from the loop, and must not destroy the room.
class Room final : private signal::SignalingListener, private TimerListener {
 public:
  /// `channels`, and the objects that `host` refers to, must outlive the room.
  Room(const Host& host, MessageChannels& channels, RoomOptions options);
  ~Room();
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  /// A connection to a peer was made. Set its functions here: it begins when this returns.
  std::function<void(Connection& connection, const signal::Peer& peer)> on_connection;
  /// The connection is destroyed when this returns.
  std::function<void(Connection& connection, const signal::Peer& peer)> on_connection_gone;
  /// The state of the connection to the server changed.
  std::function<void(signal::ClientState state)> on_state;
  /// No datagram can be sent yet, or no longer; told again when the reason changes, and for each
  /// attempt to reach the server, which connections that work do not need. Default: the text is
  /// logged. What becomes of a path is told by Connection::on_no_path.
  std::function<void(const Waiting& waiting)> on_waiting;
  /// The server refused something, or a message of the server or of a peer could not be used; the
  /// sentence `text` says why. Default: it is logged.
  std::function<void(std::string_view text)> on_error;

  /// Why the options can never lead into a room, in a sentence: then nothing has happened. Empty:
  /// the room is being joined, and what goes wrong from now on is told by the functions above.
  std::string join();
  /// Sends a datagram to each peer that has a working path, and returns the number of peers that it
  /// was sent to: those whose Connection::send() is true.
  std::size_t send(Bytes datagram, ice::ComponentId component = 1);
  /// Closes all connections, telling the peers, and leaves.
  void leave();

  signal::ClientState state() const { return signaling_.client().state(); }

 private:
  struct Entry {
    signal::Peer peer;
    std::unique_ptr<Connection> connection;
    std::unique_ptr<Patience> patience;
  };

  void on_client_state(signal::ClientState state) override;
  void on_connection_lost(const ChannelClosed& lost) override;
  void on_joined(std::string_view self, bool resumed) override;
  void on_peer_joined(const signal::Peer& peer, ice::Role role) override;
  void on_peer_left(std::string_view peer, signal::LeaveReason reason) override;
  void on_message(const signal::Message& message, std::string_view from) override;
  void on_room_error(const signal::RoomError& error) override;
  void on_bad_message(signal::MessageError error) override;
  void handle_timeout(Timestamp now) override;

  std::string problem() const;
  void pump();
  void carry_out(const peer::ConnectionWanted& wanted);
  void carry_out(const peer::MessageForConnection& arrived);
  void carry_out(const peer::RepeatWanted& wanted);
  void carry_out(const peer::ConnectionOver& over);
  void carry_out(const peer::PeerNotAnswered& refused);
  void handle_state(std::string_view peer, ice::State state);
  std::vector<Entry>::iterator find(std::string_view peer);
  void report(std::string_view text);
  void wait_for_peers();
  void wait_for_connections(Timestamp now);
  void arm();
  void wait(WaitingFor what, std::string_view text);

  Host host_;
  MessageChannels& channels_;
  RoomOptions options_;
  signal::SignalingDriver signaling_;
  peer::Room room_;
  std::unique_ptr<Timer> timer_;
  std::vector<Entry> entries_;
  bool pumping_ = false;
  bool was_joined_ = false;   // since the connection to the server was made
  bool was_refused_ = false;  // a place in the room, since then
};

}  // namespace floe
