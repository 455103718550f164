// What a client does with the messages that come to it.
#include <algorithm>

#include "floe/json/document.h"
#include "floe/signal/client.h"
#include "floe/signal/message_codec.h"

namespace floe::signal {

void SignalingClient::on_channel_message(MessageKind kind, Bytes message) {
  if (state_ == ClientState::closed) return;
  if (kind != MessageKind::text) return reject(MessageError::bad_json);
  const auto document = json::Document::parse(as_text(message), kRelayedLimits);
  if (!document) return reject(to_message_error(document.error().code));
  const json::Value root = document->root();
  if (!handle_room_message(root)) handle_message(root);
}

/// False: it is none. With `from`, a peer would pretend to be the server.
bool SignalingClient::handle_room_message(const json::Value& root) {
  const auto type = parse_type(root);
  if (!type || !is_room_message_type(*type) || root.member("from")) return false;
  const auto parsed = parse_room_message(root);
  if (!parsed) {
    reject(parsed.error());
    return true;
  }
  counters_.ignored_members += parsed->ignored_members;
  std::visit([this](const auto& body) { handle(body); }, parsed->message);
  return true;
}

void SignalingClient::handle_message(const json::Value& root) {
  const auto envelope = parse_envelope(root);
  if (!envelope) return reject(envelope.error());
  const auto parsed = parse_message(root);
  if (!parsed) return reject(parsed.error());
  if (roster_.is_repeated(*envelope)) {
    ++counters_.duplicates;
    return;
  }
  ++counters_.received;
  counters_.ignored_members += parsed->ignored_members;
  listener_.on_message(parsed->message, envelope->from);
}

void SignalingClient::reject(MessageError error) {
  if (error == MessageError::unknown_type) {
    ++counters_.unknown_types;
    return;
  }
  ++counters_.bad_messages;
  listener_.on_bad_message(error);
}

void SignalingClient::handle(const Join&) {
  reject(MessageError::unknown_type);
}

void SignalingClient::handle(const Joined& message) {
  if (state_ != ClientState::joining) return reject(MessageError::unknown_type);
  const bool resumed = message.self == self_ && message.resume == resume_;
  self_ = message.self;
  resume_ = message.resume;
  deadline_ = kNever;
  joined_at_ = clock_.now();
  blocked_ = false;
  set_state(ClientState::joined);
  listener_.on_joined(self_, resumed);
  update_peers(message, resumed);
  flush();
  arm();
}

/// Tells what is different from before. In another place, nobody is known any more.
void SignalingClient::update_peers(const Joined& message, bool resumed) {
  const auto stays = [&](const Peer& peer) {
    return resumed && std::ranges::find(message.peers, peer) != message.peers.end();
  };
  const std::vector<Peer> before = roster_.peers();
  for (const Peer& peer : before) {
    if (!stays(peer)) remove_peer(peer.id, LeaveReason::timeout);
  }
  // Who came while this peer was away was told about it, and so is the newcomer.
  const ice::Role role = resumed ? ice::Role::controlled : ice::Role::controlling;
  for (const Peer& peer : message.peers) {
    if (state_ != ClientState::joined) return;  // the listener closed
    if (roster_.add(peer)) listener_.on_peer_joined(peer, role);
  }
}

void SignalingClient::handle(const PeerJoined& message) {
  if (message.peer.id == self_ || !roster_.add(message.peer)) return;
  listener_.on_peer_joined(message.peer, ice::Role::controlled);
}

void SignalingClient::handle(const PeerLeft& message) {
  remove_peer(message.peer, message.reason);
}

void SignalingClient::remove_peer(const std::string& id, LeaveReason reason) {
  if (roster_.remove(id)) listener_.on_peer_left(id, reason);
}

void SignalingClient::handle(const RoomError& message) {
  const bool joining = state_ == ClientState::joining;
  const std::string token = options_.token;
  listener_.on_room_error(message);
  const bool refused_for_good =
      (message.code == RoomErrorCode::unauthorized && options_.token == token) ||
      (message.code == RoomErrorCode::bad_message && joining);
  if (refused_for_good) end();
}

}  // namespace floe::signal
