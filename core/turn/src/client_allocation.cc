#include "floe/turn/client_allocation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/understands.h"

namespace floe::turn {

ClientAllocation::ClientAllocation(AllocationConfig config, RandomSource& random, Crypto& crypto)
    : config_(std::move(config)),
      random_(random),
      crypto_(crypto),
      client_(std::in_place, crypto, config_.credentials),
      asks_(config_.wants_ipv6 ? Asks::both_families : Asks::server_default) {}

void ClientAllocation::start(Timestamp now) {
  if (state_ != State::fresh) return;
  state_ = State::allocating;
  ask_allocate(now);
}

// What the server sends ---------------------------------------------------------------------------

void ClientAllocation::handle_message(Timestamp now, Bytes message) {
  if (state_ == State::fresh || state_ == State::ended) return;
  if (!stun::looks_like_stun(message)) return handle_channel_data(now, message);
  const auto view = stun::MessageView::parse(message, understands);
  if (!view) {
    ++counters_.malformed;
    return;
  }
  if (view->is_response()) return handle_response(now, *view);
  const bool is_data =
      view->message_class() == stun::Class::indication && view->method() == stun::Method::data;
  if (is_data) return handle_data_indication(now, *view);
  ++counters_.unexpected;
}

void ClientAllocation::handle_tcp_bytes(Timestamp now, Bytes bytes) {
  stream_.append(bytes);
  while (const auto frame = stream_.next()) handle_message(now, *frame);
  const bool has_ended = state_ == State::fresh || state_ == State::ended;
  if (stream_.broken() && !has_ended) end(kNoCode, "the server's stream is not TURN");
}

void ClientAllocation::handle_channel_data(Timestamp now, Bytes message) {
  const auto data = ChannelData::parse(message);
  if (!data) {
    ++counters_.malformed;
    return;
  }
  const auto peer = channels_.peer_of(now, data->channel);
  if (!peer || state_ != State::allocated) {
    ++counters_.unexpected;
    return;
  }
  events_.push_back(PeerData{*peer, data->payload});
}

/// Section 11.4: "The client SHOULD also check that the XOR-PEER-ADDRESS attribute value contains
/// an IP address with which the client believes there is an active permission and discard the Data
/// indication otherwise."
void ClientAllocation::handle_data_indication(Timestamp now, const stun::MessageView& indication) {
  const auto peer = indication.get<XorPeerAddress>();
  if (!peer || !indication.unknown_types().empty()) {
    ++counters_.malformed;
    return;
  }
  if (indication.has(stun::AttributeType::icmp)) {
    ++counters_.unreachable_peers;
    return;
  }
  const auto data = indication.get<Data>();
  if (!data) {
    ++counters_.malformed;
    return;
  }
  if (state_ != State::allocated || !permissions_.has(now, peer->address.ip)) {
    ++counters_.without_permission;
    return;
  }
  events_.push_back(PeerData{peer->address, data->payload});
}

std::optional<AllocationEvent> ClientAllocation::poll_event() {
  if (next_event_ == events_.size()) {
    events_ = {};
    next_event_ = 0;
    return std::nullopt;
  }
  return events_[next_event_++];
}

// What is sent through it -------------------------------------------------------------------------

void ClientAllocation::set_peers(Timestamp now, std::span<const IpAddress> peers,
                                 std::span<const TransportAddress> with_channel) {
  if (state_ != State::allocated && state_ != State::allocating) return;
  permissions_.set_wanted(now, peers);
  channels_.set_wanted(now, with_channel);
  ask_due(now);
}

bool ClientAllocation::is_permitted(Timestamp now, const TransportAddress& peer) const {
  return state_ == State::allocated && permissions_.has(now, peer.ip);
}

bool ClientAllocation::send(Timestamp now, const TransportAddress& peer, Bytes payload) {
  if (now >= expires_at_) end(kNoCode, "its lifetime is over");
  if (is_permitted(now, peer) && payload.size() <= kPayloadSizeMax) {
    const auto channel = channels_.number_of(now, peer);
    channel ? write_channel_data(*channel, payload) : write_send(peer, payload);
    note_sent(now);
    return true;
  }
  const bool is_coming = state_ == State::allocated && permissions_.is_coming(now, peer.ip);
  if (!is_coming || payload.size() > kQueuedSizeMax || queue_.size() == kQueuedMax) {
    ++counters_.sends_dropped;
    return false;
  }
  queue_.push_back({peer, ByteVector(payload.begin(), payload.end())});
  return true;
}

void ClientAllocation::write_send(const TransportAddress& peer, Bytes payload) {
  stun::TransactionId id;
  random_.fill(id);
  // The header, the longest address, DATA's own header and its padding.
  ByteVector buffer(stun::kHeaderSize + 24 + stun::kAttributeHeaderSize + payload.size() + 3);
  stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::send, id);
  const auto message = builder.add(XorPeerAddress{peer}).add(Data{payload}).finish();
  if (message) out_.add(*message);
}

void ClientAllocation::write_channel_data(std::uint16_t channel, Bytes payload) {
  const bool is_padded = is_stream(config_.transport);
  const std::size_t padding = is_padded ? (4 - payload.size() % 4) % 4 : 0;
  ByteWriter out(out_.add(kChannelHeaderSize + payload.size() + padding));
  ChannelData{channel, payload}.write(out, is_padded);
}

/// What waited for its permission goes, in order, and what waits in vain is dropped.
void ClientAllocation::flush_queue(Timestamp now) {
  auto waiting = std::exchange(queue_, {});
  for (Queued& queued : waiting) {
    if (permissions_.has(now, queued.peer.ip)) {
      send(now, queued.peer, queued.payload);
    } else if (permissions_.is_refused(queued.peer.ip)) {
      ++counters_.sends_dropped;
    } else {
      queue_.push_back(std::move(queued));
    }
  }
}

void ClientAllocation::transmit(Timestamp now, Bytes message) {
  out_.add(message);
  note_sent(now);
}

void ClientAllocation::note_sent(Timestamp now) {
  if (!is_stream(config_.transport)) keepalive_at_ = now + kIdleKeepalive;
}

/// An indication of Binding, which nobody answers, is the shortest thing that the server takes (RFC
/// 8489, section 6.1: keepalives).
void ClientAllocation::keep_mapping(Timestamp now) {
  stun::TransactionId id;
  random_.fill(id);
  std::array<std::uint8_t, 32> buffer;
  stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::binding, id);
  transmit(now, *builder.add_fingerprint().finish());
}

// Time --------------------------------------------------------------------------------------------

void ClientAllocation::handle_timeout(Timestamp now) {
  if (state_ == State::allocated && now >= expires_at_) {
    // A host that slept: what the server kept is gone, whatever it may answer now.
    return end(kNoCode, "its lifetime is over");
  }
  for (std::size_t i = 0; i < requests_.size();) {
    const std::size_t count = requests_.size();
    handle_step(now, i, requests_[i].transaction->handle_timeout(now), nullptr);
    if (state_ == State::ended) return;
    // A request that is over has left its place to the next.
    if (requests_.size() >= count) ++i;
  }
  if (state_ != State::allocated) return;
  if (now >= refresh_at_) {
    refresh_at_ = kNever;
    ask(now, Purpose::refresh);
  }
  ask_due(now);
  if (now >= keepalive_at_) keep_mapping(now);
}

Timestamp ClientAllocation::deadline() const {
  if (state_ == State::fresh || state_ == State::ended) return kNever;
  Timestamp earliest = kNever;
  for (const Request& request : requests_) {
    earliest = std::min(earliest, request.transaction->deadline());
  }
  if (state_ != State::allocated) return earliest;
  return std::min({earliest, expires_at_, refresh_at_, keepalive_at_, permissions_.deadline(),
                   channels_.deadline()});
}

}  // namespace floe::turn
