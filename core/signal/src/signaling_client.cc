#include "floe/signal/signaling_client.h"

#include <algorithm>

#include "connection_schedule.h"
#include "floe/signal/message_codec.h"
#include "floe/signal/room_action.h"
#include "incoming_message.h"
#include "roster.h"
#include "send_queue.h"

namespace floe::signal {

SignalingClient::SignalingClient(RandomSource& random, ClientOptions options)
    : random_(random),
      options_(std::move(options)),
      schedule_(std::make_unique<ConnectionSchedule>()),
      queue_(std::make_unique<SendQueue>()),
      roster_(std::make_unique<Roster>()) {}

SignalingClient::~SignalingClient() = default;

const std::vector<Peer>& SignalingClient::peers() const {
  return roster_->peers();
}

// The connection --------------------------------------------------------------------------------

void SignalingClient::join(Timestamp now) {
  now_ = now;
  if (state_ == ClientState::idle) connect();
}

void SignalingClient::connect() {
  ++counters_.connects;
  schedule_->start_attempt(now_);
  outputs_.push_back(ConnectChannel{options_.url});
  set_state(ClientState::connecting);
}

void SignalingClient::handle_open(Timestamp now) {
  now_ = now;
  if (state_ != ClientState::connecting) return;
  outputs_.push_back(
      SendOverChannel{write_join({options_.name, options_.token, resume_, options_.offers})});
  set_state(ClientState::joining);
}

void SignalingClient::handle_closed(Timestamp now, std::uint16_t code) {
  now_ = now;
  if (state_ == ClientState::closed) return;
  // If this client came back, it would displace the client that took its place, which would come
  // back in turn, without end.
  if (code == kCloseReplaced) return close();
  wait_to_reconnect();
}

void SignalingClient::wait_to_reconnect() {
  schedule_->handle_lost(now_, random_);
  set_state(ClientState::waiting);
}

void SignalingClient::retry(Timestamp now) {
  now_ = now;
  if (state_ == ClientState::waiting) connect();
}

void SignalingClient::handle_timeout(Timestamp now) {
  now_ = now;
  if (now < schedule_->deadline()) return;
  if (state_ == ClientState::waiting) return connect();
  outputs_.push_back(DropChannel{});
  wait_to_reconnect();
}

Timestamp SignalingClient::deadline() const {
  const bool can_send = state_ == ClientState::joined;
  return std::min(schedule_->deadline(), can_send ? queue_->deadline() : kNever);
}

void SignalingClient::leave(Timestamp now) {
  now_ = now;
  if (state_ == ClientState::closed) return;
  outputs_.clear();
  // The texts that the rate and the channel allow are polled before the outputs of close().
  const bool can_send = state_ == ClientState::joined;
  can_send ? queue_->unblock() : queue_->clear();
  close();
}

void SignalingClient::end() {
  queue_->clear();
  close();
}

void SignalingClient::close() {
  schedule_->stop();
  outputs_.push_back(CloseChannel{});
  set_state(ClientState::closed);
}

void SignalingClient::set_state(ClientState state) {
  if (state == state_) return;
  state_ = state;
  outputs_.push_back(ClientStateChanged{state});
}

// What is sent ----------------------------------------------------------------------------------

bool SignalingClient::send(Timestamp now, const Message& message, std::string_view to) {
  now_ = now;
  if (state_ == ClientState::closed || queue_->is_full()) {
    ++counters_.refused;
    return false;
  }
  queue_->push(write_message(message, {std::string(to), {}, {}}));
  queue_->unblock();  // each new message is a reason to try a full channel again
  return true;
}

void SignalingClient::handle_blocked(std::string text) {
  if (state_ == ClientState::joining) return;  // it was `join`: kJoinTimeout ends this attempt
  --counters_.sent;
  if (state_ == ClientState::closed) return queue_->clear();
  queue_->put_back(std::move(text));
}

void SignalingClient::handle_drained(Timestamp now) {
  now_ = now;
  queue_->unblock();
}

std::optional<ClientOutput> SignalingClient::poll_output() {
  if (auto text = next_text()) return SendOverChannel{std::move(*text)};
  if (outputs_.empty()) decide_on_refusal();
  if (outputs_.empty()) return std::nullopt;
  ClientOutput output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

std::optional<std::string> SignalingClient::next_text() {
  if (state_ != ClientState::joined && state_ != ClientState::closed) return std::nullopt;
  auto text = queue_->pop(now_);
  if (text) {
    ++counters_.sent;
  } else if (state_ == ClientState::closed) {
    queue_->clear();
  }
  return text;
}

// What arrives ----------------------------------------------------------------------------------

void SignalingClient::handle_text(Timestamp now, std::string_view text) {
  now_ = now;
  if (state_ == ClientState::closed) return;
  auto incoming = parse_incoming_message(text);
  if (!incoming) return reject(incoming.error());
  if (auto* relayed = std::get_if<PeerMessage>(&incoming->content)) {
    return handle(*relayed, incoming->ignored_members);
  }
  counters_.ignored_members += incoming->ignored_members;
  std::visit([this](const auto& body) { handle(body); },
             *std::get_if<RoomMessage>(&incoming->content));
}

void SignalingClient::handle_binary(Timestamp now) {
  now_ = now;
  if (state_ != ClientState::closed) reject(MessageError::bad_json);
}

void SignalingClient::reject(MessageError error) {
  if (error == MessageError::unknown_type) {
    ++counters_.unknown_types;
    return;
  }
  ++counters_.bad_messages;
  outputs_.push_back(MessageRejected{error});
}

void SignalingClient::handle(PeerMessage& message, std::uint32_t ignored_members) {
  if (roster_->is_repeated(message.envelope)) {
    ++counters_.duplicates;
    return;
  }
  ++counters_.received;
  counters_.ignored_members += ignored_members;
  outputs_.push_back(MessageReceived{std::move(message.message), std::move(message.envelope.from)});
}

void SignalingClient::handle(const Join&) {
  reject(MessageError::unknown_type);
}

void SignalingClient::handle(const Joined& message) {
  if (state_ != ClientState::joining) return reject(MessageError::unknown_type);
  const bool resumed = message.self == self_ && message.resume == resume_;
  self_ = message.self;
  resume_ = message.resume;
  schedule_->handle_joined(now_);
  queue_->unblock();
  set_state(ClientState::joined);
  outputs_.push_back(RoomJoined{self_, resumed});
  const Roster::Change change = roster_->replace(message.peers, resumed);
  for (const Peer& peer : change.removed) {
    outputs_.push_back(PeerLeft{peer.id, LeaveReason::timeout});
  }
  // The newcomer of two peers is controlling. In a resumed place, this client was there before the
  // peers that came while its connection was broken. In a new place, this client is the newcomer.
  const ice::Role role = resumed ? ice::Role::controlled : ice::Role::controlling;
  for (const Peer& peer : change.added) outputs_.push_back(PeerAppeared{peer, role});
}

void SignalingClient::handle(const PeerJoined& message) {
  if (message.peer.id == self_ || !roster_->add(message.peer)) return;
  outputs_.push_back(PeerAppeared{message.peer, ice::Role::controlled});
}

void SignalingClient::handle(const PeerLeft& message) {
  if (roster_->remove(message.peer)) outputs_.push_back(message);
}

void SignalingClient::handle(const RoomError& message) {
  outputs_.push_back(message);
  if (message.code == RoomErrorCode::unauthorized) refused_token_ = options_.token;
  const bool join_is_malformed =
      message.code == RoomErrorCode::bad_message && state_ == ClientState::joining;
  if (join_is_malformed) end();
}

/// Closes the client unless it has another token: the server would refuse the old token again.
void SignalingClient::decide_on_refusal() {
  if (!refused_token_) return;
  const bool is_renewed = options_.token != *refused_token_;
  refused_token_.reset();
  if (!is_renewed && state_ != ClientState::closed) end();
}

}  // namespace floe::signal
