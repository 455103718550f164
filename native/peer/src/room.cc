#include "floe/native/room.h"

#include <algorithm>
#include <iterator>

namespace floe::native {

Room::Room(const Host& host, MessageChannels& channels, RoomOptions options)
    : host_(host),
      options_(std::move(options)),
      signaling_(channels, host_.timers, host_.clock, host_.random,
                 {options_.url, options_.name, options_.token}, *this),
      sweep_(host_.timers.create(*this)) {}

Room::~Room() = default;

void Room::join() {
  signaling_.join();
}

std::size_t Room::send(Bytes datagram, ice::ComponentId component) {
  const auto sent = std::ranges::count_if(
      entries_, [&](const Entry& entry) { return entry.connection->send(datagram, component); });
  return static_cast<std::size_t>(sent);
}

void Room::leave() {
  for (Entry& entry : entries_) entry.connection->close("left the room");
  signaling_.leave();
}

// Peers -------------------------------------------------------------------------------------------

Room::Entry* Room::find(std::string_view peer_id) {
  const auto place =
      std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.peer.id == peer_id; });
  return place == entries_.end() ? nullptr : &*place;
}

Room::Entry* Room::connect(const signal::Peer& peer, ice::Role role) {
  if (entries_.size() >= options_.connections_max) {
    report("a peer is not answered: the room has as many connections as it is allowed to have");
    return nullptr;
  }
  ConnectionOptions options = options_.connection;
  options.agent.role = role;
  auto owned = std::make_unique<Connection>(host_, std::move(options));
  Connection& connection = *owned;
  entries_.push_back({peer, std::move(owned)});
  connection.on_signal = [this, id = peer.id](const signal::Message& message) {
    if (!signaling_.send(message, id)) report("a message could not be sent to the server");
  };
  connection.on_signal_error = [this](std::string_view text) { report(text); };
  if (on_connection) on_connection(connection, peer);
  connection.on_event = [this, chained = std::move(connection.on_event)](const ice::Event& event) {
    if (std::holds_alternative<ice::StateChanged>(event)) sweep_later();
    if (chained) chained(event);
  };
  connection.start();
  return find(peer.id);
}

void Room::on_peer_joined(const signal::Peer& peer, ice::Role role) {
  // A known peer had lost its connection to the server and may have missed a message.
  if (Entry* known = find(peer.id)) {
    known->peer_left = false;
    known->connection->repeat_description();
  } else {
    connect(peer, role);
  }
}

void Room::on_peer_left(std::string_view peer, signal::LeaveReason) {
  // A connection between two peers does not depend on the server, so it may go on.
  if (Entry* entry = find(peer)) entry->peer_left = true;
  sweep_later();
}

void Room::on_message(const signal::Message& message, std::string_view from) {
  Entry* entry = find(from);
  if (entry == nullptr) entry = connect({std::string(from), {}}, ice::Role::controlled);
  if (entry != nullptr) entry->connection->receive(message);
}

// A connection that is over is destroyed from the timer: it may be the one that is calling.

bool Room::is_over(const Entry& entry) const {
  const ice::State state = entry.connection->state();
  return state == ice::State::closed || (entry.peer_left && !entry.connection->is_connected() &&
                                         state != ice::State::disconnected);
}

void Room::sweep_later() {
  sweep_->arm(host_.clock.now());
}

void Room::handle_timeout(Timestamp) {
  const auto over = std::stable_partition(entries_.begin(), entries_.end(),
                                          [&](const Entry& entry) { return !is_over(entry); });
  std::vector<Entry> gone(std::make_move_iterator(over), std::make_move_iterator(entries_.end()));
  entries_.erase(over, entries_.end());
  for (const Entry& entry : gone) {
    if (on_connection_gone) on_connection_gone(*entry.connection, entry.peer);
  }
}

// The server --------------------------------------------------------------------------------------

void Room::on_client_state(signal::ClientState state) {
  if (on_state) on_state(state);
}

void Room::on_joined(std::string_view, bool) {
  // A message sent while the connection broke may be lost; a description may be repeated.
  for (Entry& entry : entries_) entry.connection->repeat_description();
}

void Room::on_room_error(const signal::RoomError& error) {
  report(error.message);
}

void Room::on_bad_message(signal::MessageError error) {
  report(to_text(error));
}

void Room::report(std::string_view text) {
  if (on_error) return on_error(text);
  host_.log.log(LogLevel::warning, "signal", text);
}

}  // namespace floe::native
