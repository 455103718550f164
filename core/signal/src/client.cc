#include "floe/signal/client.h"

#include <algorithm>

#include "floe/signal/message_codec.h"
#include "floe/signal/room_action.h"

namespace floe::signal {

std::string_view to_text(ClientState state) {
  switch (state) {
    case ClientState::idle:
      return "idle";
    case ClientState::connecting:
      return "connecting";
    case ClientState::joining:
      return "joining";
    case ClientState::joined:
      return "joined";
    case ClientState::waiting:
      return "waiting";
    case ClientState::closed:
      return "closed";
  }
  return "?";
}

SignalingClient::SignalingClient(MessageChannels& channels, Timers& timers, const Clock& clock,
                                 RandomSource& random, ClientOptions options,
                                 ClientListener& listener)
    : channels_(channels),
      clock_(clock),
      random_(random),
      options_(std::move(options)),
      listener_(listener),
      timer_(timers.create(*this)) {}

// The connection
// ------------------------------------------------------------------------------------

void SignalingClient::connect() {
  if (state_ == ClientState::idle) open_channel();
}

void SignalingClient::open_channel() {
  ++counters_.connects;
  deadline_ = clock_.now() + kJoinTimeout;
  arm();
  channel_.reset();  // the old one must not be heard any more
  channel_ = channels_.connect(options_.url, kSubprotocol, *this);
  set_state(ClientState::connecting);
}

void SignalingClient::on_channel_open() {
  if (state_ != ClientState::connecting) return;
  const std::string text = write_room_message(Join{options_.name, options_.token, resume_});
  channel_->send(MessageKind::text, as_bytes(text));
  set_state(ClientState::joining);
}

void SignalingClient::on_channel_closed(const ChannelClosed& closed) {
  if (state_ == ClientState::closed) return;
  // To come back would displace whoever took the place, who would come back as well.
  if (closed.code == kCloseReplaced) return end();
  reconnect_later();
}

/// The channel stays until the timer fires: it may be the one that is calling.
void SignalingClient::reconnect_later() {
  const Timestamp now = clock_.now();
  if (state_ == ClientState::joined && now - joined_at_ >= kStableAfter) backoff_ = kBackoffMin;
  const auto half = static_cast<std::uint32_t>(backoff_.count() / 2);
  deadline_ = now + Duration(half) + Duration(random_.below(half + 1));
  backoff_ = std::min(2 * backoff_, kBackoffMax);
  set_state(ClientState::waiting);
  arm();
}

void SignalingClient::on_timer(Timestamp now) {
  if (now < deadline_) {
    flush();
    return arm();
  }
  if (state_ == ClientState::waiting) return open_channel();
  channel_.reset();
  reconnect_later();
}

void SignalingClient::end() {
  if (state_ == ClientState::closed) return;
  deadline_ = kNever;
  queue_.clear();
  if (channel_) channel_->close(1000, "");
  set_state(ClientState::closed);
  arm();
}

void SignalingClient::close() {
  flush();
  end();
}

void SignalingClient::arm() {
  Timestamp when = deadline_;
  if (state_ == ClientState::joined && !queue_.empty() && !blocked_) {
    when = std::min(when, rate_.ready_at(clock_.now()));
  }
  timer_->arm(when);
}

void SignalingClient::set_state(ClientState state) {
  if (state == state_) return;
  state_ = state;
  listener_.on_client_state(state);
}

// Sending
// -------------------------------------------------------------------------------------------

bool SignalingClient::send(const Message& message, std::string_view to) {
  if (state_ == ClientState::closed || queue_.size() == kQueueMax) {
    ++counters_.refused;
    return false;
  }
  queue_.push_back(write_message(message, {std::string(to), {}, {}}));
  flush();
  arm();
  return true;
}

void SignalingClient::flush() {
  const Timestamp now = clock_.now();
  while (state_ == ClientState::joined && !queue_.empty() && rate_.ready_at(now) <= now) {
    blocked_ = !channel_->send(MessageKind::text, as_bytes(queue_.front()));
    if (blocked_) return;
    rate_.take(now);
    ++counters_.sent;
    queue_.pop_front();
  }
}

void SignalingClient::on_channel_drained() {
  blocked_ = false;
  flush();
  arm();
}

// Receiving
// -----------------------------------------------------------------------------------------

void SignalingClient::on_channel_message(MessageKind kind, Bytes message) {
  if (state_ == ClientState::closed) return;
  if (kind != MessageKind::text) return reject(MessageError::bad_json);
  const auto document = JsonDocument::parse(
      as_text(message), {.text_size_max = kRelayedSizeMax, .nodes_max = kRelayedNodesMax});
  if (!document) return reject(to_message_error(document.error().code));
  const JsonValue root = document->root();
  if (!handle_room_message(root)) handle_message(root);
}

/// False: it is none. With `from`, a peer would pretend to be the server.
bool SignalingClient::handle_room_message(const JsonValue& root) {
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

void SignalingClient::handle_message(const JsonValue& root) {
  const auto envelope = parse_envelope(root);
  if (!envelope) return reject(envelope.error());
  const auto parsed = parse_message(root);
  if (!parsed) return reject(parsed.error());
  if (is_duplicate(*envelope)) {
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

bool SignalingClient::is_duplicate(const Envelope& envelope) {
  const auto last = last_seq_.find(envelope.from);
  if (!envelope.seq || last == last_seq_.end()) return false;
  if (*envelope.seq <= last->second) return true;
  last->second = *envelope.seq;
  return false;
}

// The room
// ------------------------------------------------------------------------------------------

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
  const std::vector<Peer> before = peers_;
  for (const Peer& peer : before) {
    if (!stays(peer)) remove_peer(peer.id, LeaveReason::timeout);
  }
  // Who came while this peer was away was told about it, and so is the newcomer.
  const ice::Role role = resumed ? ice::Role::controlled : ice::Role::controlling;
  for (const Peer& peer : message.peers) {
    if (state_ != ClientState::joined) return;  // the listener closed
    if (std::ranges::find(peers_, peer.id, &Peer::id) != peers_.end()) continue;
    peers_.push_back(peer);
    last_seq_.insert_or_assign(peer.id, 0);
    listener_.on_peer_joined(peer, role);
  }
}

void SignalingClient::handle(const PeerJoined& message) {
  if (state_ != ClientState::joined || peers_.size() == kPeersListedMax) {
    return reject(MessageError::unknown_type);
  }
  const Peer& peer = message.peer;
  if (peer.id == self_ || std::ranges::find(peers_, peer.id, &Peer::id) != peers_.end()) return;
  peers_.push_back(peer);
  last_seq_.insert_or_assign(peer.id, 0);
  listener_.on_peer_joined(peer, ice::Role::controlled);
}

void SignalingClient::handle(const PeerLeft& message) {
  remove_peer(message.peer, message.reason);
}

void SignalingClient::remove_peer(std::string_view id, LeaveReason reason) {
  const auto found = std::ranges::find(peers_, id, &Peer::id);
  if (found == peers_.end()) return;
  const std::string left = found->id;
  peers_.erase(found);
  last_seq_.erase(left);
  listener_.on_peer_left(left, reason);
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
