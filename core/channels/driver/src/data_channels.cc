#include "floe/channel_driver/data_channels.h"

#include <algorithm>
#include <utility>

namespace floe {

using channels::OpenError;
using channels::SendResult;

DataChannels::DataChannels(const Host& host, Connection& connection, DataChannelsOptions options)
    : host_(host),
      connection_(connection),
      options_(options),
      timer_(host.timers.create(static_cast<TimerListener&>(*this))) {
  connection_.set_data_layer(this);
}

DataChannels::~DataChannels() {
  connection_.set_data_layer(nullptr);
  for (const auto& [id, channel] : open_) channel->owner_ = nullptr;
  for (const Handle& channel : waiting_) channel->owner_ = nullptr;
}

Result<DataChannels::Handle, OpenError> DataChannels::open(channels::ChannelOptions options) {
  if (over_) return OpenError::over;
  if (waiting_.size() + open_.size() >= channels::kChannelsMax) return OpenError::limit;
  if (options.label.size() > channels::kNameSizeMax ||
      options.protocol.size() > channels::kNameSizeMax) {
    return OpenError::too_long;
  }
  auto channel = std::make_shared<DataChannel>(*this, std::move(options));
  if (!channels_) {
    waiting_.push_back(channel);
    return channel;
  }
  const auto id = channels_->open(host_.clock.now(), channel->options_);
  if (!id) return id.error();
  channel->id_ = *id;
  open_.emplace(*id, channel);
  pump();
  return channel;
}

// The layer of the connection ---------------------------------------------------------------------

signal::SctpParameters DataChannels::describe() const {
  return {.message_size_max = static_cast<std::uint32_t>(
              std::min(options_.message_size_max, sctp::kMessageSizeMax))};
}

void DataChannels::on_secured(const peer::Secured& secured,
                              const std::optional<signal::SctpParameters>& peer) {
  if (secured.association == association_) return;
  association_ = secured.association;
  // RFC 8842, section 5.1 has it for DTLS: what was built on the old association goes with it.
  if (channels_) end_all();
  if (peer) return begin(secured, *peer);
  if (!waiting_.empty()) {
    host_.log.log(LogLevel::warning, "channels",
                  "the peer carries no data channels: its description has no `sctp`");
  }
  end_all();
}

void DataChannels::begin(const peer::Secured& secured, const signal::SctpParameters& peer) {
  sctp::Options sctp;
  sctp.local_port = describe().port;
  sctp.remote_port = peer.port;
  sctp.message_size_max = describe().message_size_max;
  const auto side = secured.is_client ? channels::Side::dtls_client : channels::Side::dtls_server;
  channels_ = std::make_unique<channels::Channels>(side, sctp, peer.message_size_max, host_.random);
  if (!channels_->connect(host_.clock.now())) {
    host_.log.log(LogLevel::error, "channels",
                  "no data channels: another thread of this process has them, or memory is short");
    channels_.reset();
    return end_all();
  }
  for (const Handle& channel : std::exchange(waiting_, {})) open_now(channel);
  pump();
}

void DataChannels::open_now(const Handle& channel) {
  const Timestamp now = host_.clock.now();
  const auto id = channels_->open(now, channel->options_);
  if (!id) return end(channel);
  channel->id_ = *id;
  open_.emplace(*id, channel);
  channels_->set_low_threshold(*id, channel->low_threshold_);
  for (const DataChannel::EarlyMessage& early : std::exchange(channel->early_, {})) {
    (void)channels_->send(now, *id, early.kind, early.bytes);
  }
  if (channel->state_ == DataChannel::State::closing) channels_->close_channel(now, *id);
}

bool DataChannels::take_datagram(Bytes datagram) {
  if (!channels_ || !channels_->is_packet(datagram)) return false;
  channels_->handle_packet(host_.clock.now(), datagram);
  pump();
  return true;
}

void DataChannels::on_connection_closed() {
  over_ = true;
  end_all();
}

void DataChannels::handle_timeout(Timestamp now) {
  if (!channels_) return;
  channels_->handle_timeout(now);
  pump();
}

// Outputs -----------------------------------------------------------------------------------------

// A user's function may call back into this object: what that causes is taken by the loop below.
void DataChannels::pump() {
  if (std::exchange(is_pumping_, true)) return;
  while (channels_) {
    auto output = channels_->poll_output();
    if (!output) break;
    take(*output);
  }
  is_pumping_ = false;
  timer_->arm(channels_ ? channels_->deadline() : kNever);
}

void DataChannels::take(channels::Output& output) {
  if (const auto* packet = std::get_if<channels::Transmit>(&output)) {
    // What cannot be sent is lost; SCTP sends it again.
    (void)connection_.send(packet->packet);
  } else if (const auto* opened = std::get_if<channels::ChannelOpened>(&output)) {
    take(*opened);
  } else if (const auto* message = std::get_if<channels::MessageReceived>(&output)) {
    const auto found = open_.find(message->channel);
    if (found == open_.end()) return;
    const Handle channel = found->second;
    if (channel->on_message) channel->on_message(message->kind, message->bytes);
  } else if (const auto* low = std::get_if<channels::BufferedLow>(&output)) {
    const auto found = open_.find(low->channel);
    if (found == open_.end()) return;
    const Handle channel = found->second;
    if (channel->on_buffered_low) channel->on_buffered_low();
  } else if (const auto* closed = std::get_if<channels::ChannelClosed>(&output)) {
    const auto found = open_.find(closed->channel);
    if (found == open_.end()) return;
    const Handle channel = found->second;
    open_.erase(found);
    end(channel);
  } else {
    end_all();
  }
}

void DataChannels::take(const channels::ChannelOpened& opened) {
  if (!opened.by_peer) {
    const auto found = open_.find(opened.channel);
    if (found == open_.end()) return;
    const Handle channel = found->second;
    if (channel->state_ != DataChannel::State::connecting) return;
    channel->state_ = DataChannel::State::open;
    if (channel->on_open) channel->on_open();
    return;
  }
  auto channel = std::make_shared<DataChannel>(*this, opened.options);
  channel->id_ = opened.channel;
  channel->state_ = DataChannel::State::open;
  open_.emplace(opened.channel, channel);
  if (on_channel) on_channel(channel);
}

void DataChannels::end(const Handle& channel) {
  channel->owner_ = nullptr;
  channel->state_ = DataChannel::State::closed;
  if (channel->on_close) channel->on_close();
}

void DataChannels::end_all() {
  channels_.reset();
  timer_->arm(kNever);
  const auto waiting = std::exchange(waiting_, {});
  const auto open = std::exchange(open_, {});
  for (const auto& [id, channel] : open) end(channel);
  for (const Handle& channel : waiting) end(channel);
}

// For DataChannel ---------------------------------------------------------------------------------

SendResult DataChannels::send(DataChannel& channel, channels::MessageKind kind, Bytes message) {
  if (!channel.id_) {
    if (message.size() > sctp::kMessageSizeMax) return SendResult::too_long;
    if (channel.early_size_ + message.size() > channels::kBufferedMax) return SendResult::full;
    channel.early_size_ += message.size();
    channel.early_.push_back({kind, {message.begin(), message.end()}});
    return SendResult::sent;
  }
  const SendResult result = channels_->send(host_.clock.now(), *channel.id_, kind, message);
  pump();
  return result;
}

void DataChannels::close_channel(DataChannel& channel) {
  if (!channel.id_) return;  // it is closed when there is an association
  channels_->close_channel(host_.clock.now(), *channel.id_);
  pump();
}

}  // namespace floe
