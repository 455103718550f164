#include "floe/channels/channels.h"

#include <utility>

#include "channel_table.h"
#include "dcep.h"
#include "payload.h"

namespace floe::channels {

Channels::Channels(Side side, const sctp::Options& options, std::size_t message_size_max,
                   RandomSource& random)
    : first_id_(side == Side::dtls_client ? 0 : 1),
      message_size_max_(sctp::message_size_to(message_size_max)),
      association_(options, random),
      table_(std::make_unique<ChannelTable>()) {}

Channels::~Channels() = default;

// Inputs -----------------------------------------------------------------------------------------

bool Channels::connect(Timestamp now) {
  const bool begun = association_.connect(now);
  take_outputs(now);
  return begun;
}

void Channels::handle_packet(Timestamp now, Bytes packet) {
  association_.handle_packet(now, packet);
  take_outputs(now);
}

void Channels::handle_timeout(Timestamp now) {
  association_.handle_timeout(now);
  take_outputs(now);
}

std::optional<Output> Channels::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  Output output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

Result<ChannelId, OpenError> Channels::open(Timestamp now, const ChannelOptions& options) {
  if (over_) return OpenError::over;
  if (!has_short_names(options)) return OpenError::too_long;
  const auto id = options.negotiated ? options.negotiated : free_id();
  if (!id || id->value() >= streams_ || table_->is_full()) return OpenError::limit;
  if (table_->find(*id) != nullptr) return OpenError::taken;
  Channel& channel = table_->add(*id, options, ChannelState::opening);
  if (options.negotiated) {
    channel.state = ChannelState::open;
    outputs_.emplace_back(ChannelOpened{*id, false, options});
  } else {
    channel.queue.push({kControl, write_open(options), 0});
  }
  take_outputs(now);
  return *id;
}

SendResult Channels::send(Timestamp now, ChannelId id, MessageKind kind, Bytes message) {
  Channel* channel = table_->find(id);
  if (channel == nullptr || channel->state == ChannelState::closing) return SendResult::no_channel;
  if (message.size() > message_size_max_) return SendResult::too_long;
  OutgoingMessage outgoing = to_payload(kind, message);
  if (const auto lifetime = channel->options.delivery.lifetime_max) {
    outgoing.expires = now + *lifetime;
  }
  if (!channel->queue.push(std::move(outgoing))) return SendResult::full;
  take_outputs(now);
  return SendResult::sent;
}

void Channels::close_channel(Timestamp now, ChannelId id) {
  Channel* channel = table_->find(id);
  if (channel == nullptr) return;
  channel->state = ChannelState::closing;
  take_outputs(now);
}

void Channels::close(Timestamp now) {
  if (over_) return;
  over_ = true;
  association_.close(now);
  while (auto output = association_.poll_output()) {
    if (auto* packet = std::get_if<Transmit>(&*output)) outputs_.emplace_back(std::move(*packet));
  }
  table_->clear();
}

std::size_t Channels::buffered(ChannelId id) const {
  const Channel* channel = table_->find(id);
  return channel == nullptr ? 0 : channel->queue.buffered();
}

void Channels::set_low_threshold(ChannelId id, std::size_t size) {
  if (Channel* channel = table_->find(id)) channel->queue.set_low_threshold(size);
}

const ChannelCounters* Channels::counters(ChannelId id) const {
  const Channel* channel = table_->find(id);
  return channel == nullptr ? nullptr : &channel->counters;
}

std::optional<ChannelId> Channels::free_id() const {
  for (std::uint32_t id = first_id_; id < streams_; id += 2) {
    const ChannelId candidate(static_cast<std::uint16_t>(id));
    if (table_->find(candidate) == nullptr) return candidate;
  }
  return std::nullopt;
}

// The association ---------------------------------------------------------------------------------

void Channels::take_outputs(Timestamp now) {
  for (;;) {
    flush(now);
    reset_closing(now);
    auto output = association_.poll_output();
    if (!output) return;
    if (auto* packet = std::get_if<Transmit>(&*output)) {
      outputs_.emplace_back(std::move(*packet));
    } else if (const auto* connected = std::get_if<sctp::Connected>(&*output)) {
      take_connected(connected->streams);
    } else if (const auto* message = std::get_if<sctp::MessageReceived>(&*output)) {
      take_message(*message);
    } else if (const auto* reset = std::get_if<sctp::ResetByPeer>(&*output)) {
      take_reset_by_peer(reset->streams);
    } else if (const auto* done = std::get_if<sctp::ResetDone>(&*output)) {
      take_reset_done(*done);
    } else {
      over_ = true;
      table_->clear();
      outputs_.emplace_back(std::get<Ended>(*output));
    }
  }
}

// Channels that were opened before the association was there may be more than it has streams.
void Channels::take_connected(std::uint16_t streams) {
  streams_ = streams;
  std::vector<ChannelId> beyond;
  table_->for_each([&](const Channel& channel) {
    if (channel.id.value() >= streams) beyond.push_back(channel.id);
    return true;
  });
  for (const ChannelId id : beyond) {
    table_->remove(id);
    outputs_.emplace_back(ChannelClosed{id});
  }
}

void Channels::take_message(const sctp::MessageReceived& message) {
  if (message.protocol == kControl) return take_control(message);
  Channel* channel = table_->find(message.stream);
  const auto kind = kind_of(message.protocol);
  if (channel == nullptr || !kind || channel->reset_by_peer) return;
  const Bytes bytes = message_in(message.protocol, message.bytes);
  ++channel->counters.messages_received;
  channel->counters.bytes_received += bytes.size();
  outputs_.emplace_back(MessageReceived{channel->id, *kind, {bytes.begin(), bytes.end()}});
}

void Channels::take_control(const sctp::MessageReceived& message) {
  const auto control = parse_control(message.bytes);
  Channel* channel = table_->find(message.stream);
  if (!control) {
    // A stream whose opening cannot be understood is reset.
    const bool is_new = channel == nullptr && !table_->is_full();
    if (is_new) table_->add(message.stream, {}, ChannelState::closing);
    return;
  }
  if (const auto* open = std::get_if<OpenMessage>(&*control)) {
    open_for_peer(message.stream, open->options);
  } else if (channel != nullptr && channel->state == ChannelState::opening) {
    channel->state = ChannelState::open;
    outputs_.emplace_back(ChannelOpened{channel->id, false, channel->options});
  }
}

void Channels::open_for_peer(ChannelId id, const ChannelOptions& options) {
  if (table_->find(id) != nullptr || table_->is_full()) return;
  // RFC 8832, section 6: the peer has the other half of the numbers.
  const bool is_peers = id.value() % 2 != first_id_;
  Channel& channel =
      table_->add(id, options, is_peers ? ChannelState::open : ChannelState::closing);
  if (!is_peers) return;
  channel.queue.push_first({kControl, write_ack(), 0});
  outputs_.emplace_back(ChannelOpened{id, true, options});
}

// RFC 8831, section 6.7: an end whose incoming stream is reset resets its outgoing one in turn.
void Channels::take_reset_by_peer(const std::vector<ChannelId>& ids) {
  for (const ChannelId id : ids) {
    Channel* channel = table_->find(id);
    if (channel == nullptr) continue;
    channel->reset_by_peer = true;
    channel->state = ChannelState::closing;
    while (!channel->queue.empty() && !channel->reset_asked) channel->queue.pop();
    forget_closed(*channel);
  }
}

void Channels::take_reset_done(const sctp::ResetDone& done) {
  const auto ids = done.streams.empty() ? being_reset_ : done.streams;
  being_reset_.clear();
  for (const ChannelId id : ids) {
    Channel* channel = table_->find(id);
    if (channel == nullptr) continue;
    channel->reset_done = true;
    // A peer that resets no streams will not reset this one either.
    if (done.refused) channel->reset_by_peer = true;
    forget_closed(*channel);
  }
}

void Channels::forget_closed(Channel& channel) {
  if (!channel.is_over()) return;
  const ChannelId id = channel.id;
  table_->remove(id);
  outputs_.emplace_back(ChannelClosed{id});
}

// What is to be sent -----------------------------------------------------------------------------

void Channels::flush(Timestamp now) {
  if (!association_.is_connected()) return;
  table_->for_each([&](Channel& channel) { return flush_channel(now, channel); });
}

bool Channels::flush_channel(Timestamp now, Channel& channel) {
  OutgoingQueue& queue = channel.queue;
  while (!queue.empty()) {
    const OutgoingMessage& message = queue.front();
    if (message.expires <= now) {
      ++channel.counters.messages_expired;
      queue.pop();
      continue;
    }
    const bool is_control = message.protocol == kControl;
    const auto result = association_.send(now, channel.id, message.protocol, message.bytes,
                                          is_control ? sctp::Delivery{} : channel.delivery());
    if (result == sctp::SendResult::full || result == sctp::SendResult::not_connected) return false;
    table_->note_served(channel.id);
    if (!is_control) {
      ++channel.counters.messages_sent;
      channel.counters.bytes_sent += message.counted;
    }
    queue.pop();
  }
  if (queue.take_low()) outputs_.emplace_back(BufferedLow{channel.id});
  return true;
}

void Channels::reset_closing(Timestamp now) {
  if (!being_reset_.empty() || !association_.is_connected()) return;
  std::vector<ChannelId> ids;
  table_->for_each([&](const Channel& channel) {
    const bool is_ready = channel.state == ChannelState::closing && channel.queue.empty();
    if (is_ready && !channel.reset_asked) ids.push_back(channel.id);
    return true;
  });
  if (ids.empty() || !association_.reset(now, ids)) return;
  for (const ChannelId id : ids) table_->find(id)->reset_asked = true;
  being_reset_ = std::move(ids);
}

}  // namespace floe::channels
