#include "floe/channel_driver/data_channels.h"

#include <algorithm>
#include <utility>

#include "floe/sctp/association.h"

namespace floe {

using channels::OpenError;
using channels::SendResult;

namespace {

/// Of datagrams on a channel, in bytes: more would come too late.
constexpr std::size_t kDatagramsWaitingMax = 64 << 10;

/// Of the selected pair; empty before an answer that tells it.
std::optional<Duration> round_trip_of(const ice::Agent& agent) {
  const auto selected = agent.selected_pair_index(1);
  if (!selected) return std::nullopt;
  const ice::PairStatistics& traffic = agent.pairs()[selected->value()].statistics;
  return traffic.round_trips > 0 ? std::optional(traffic.current_round_trip) : std::nullopt;
}

}  // namespace

DataChannels::DataChannels(const Host& host, Connection& connection, DataChannelsOptions options)
    : host_(host),
      connection_(connection),
      options_(options),
      timer_(host_.timers.create(static_cast<TimerListener&>(*this))) {
  connection_.set_data_layer(this);
}

DataChannels::~DataChannels() {
  connection_.set_data_layer(nullptr);
  for (const auto& [id, channel] : open_) channel->owner_ = nullptr;
  for (const Handle& channel : waiting_) channel->owner_ = nullptr;
}

Result<DataChannels::Handle, OpenError> DataChannels::open(channels::ChannelOptions options) {
  if (const auto problem = problem_with(options)) return *problem;
  auto channel = std::make_shared<DataChannel>(*this, std::move(options));
  if (channels_) {
    const auto id = channels_->open(host_.clock.now(), channel->options_);
    if (!id) return id.error();
    channel->id_ = *id;
    open_.emplace(*id, channel);
  } else {
    waiting_.push_back(channel);
  }
  // What this causes is told when the user has set the channel's functions.
  if (stage_ != Stage::waiting && !is_pumping_) timer_->arm(host_.clock.now());
  return channel;
}

std::optional<OpenError> DataChannels::problem_with(const channels::ChannelOptions& options) const {
  if (stage_ == Stage::over) return OpenError::over;
  if (stage_ == Stage::no_peer) return OpenError::no_peer;
  if (waiting_.size() + open_.size() >= channels::kChannelsMax) return OpenError::limit;
  if (!channels::has_short_names(options)) return OpenError::too_long;
  if (!options.negotiated) return std::nullopt;
  if (options.negotiated->value() >= sctp::kStreamsMax) return OpenError::limit;
  const auto has_number = [&](const Handle& channel) {
    return channel->options_.negotiated == options.negotiated;
  };
  if (std::ranges::any_of(waiting_, has_number)) return OpenError::taken;
  return std::nullopt;
}

void DataChannels::close() {
  if (channels_) {
    channels_->close(host_.clock.now());
    pump();
  }
  end(Stage::over);
}

std::size_t DataChannels::message_size_max() const {
  const bool is_usable = stage_ == Stage::ready || stage_ == Stage::begun;
  return is_usable ? peer_->message_size_max : 0;
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
  if (channels_) end(Stage::waiting);
  peer_.reset();
  if (!peer) {
    if (!waiting_.empty()) {
      host_.log.log(LogLevel::warning, "channels",
                    "the peer carries no data channels: its description has no `sctp`");
    }
    return end(Stage::no_peer);
  }
  const signal::SctpParameters own = describe();
  peer_ =
      Peer{.side = secured.is_client ? channels::Side::dtls_client : channels::Side::dtls_server,
           .sctp = {.local_port = own.port,
                    .remote_port = peer->port,
                    .message_size_max = own.message_size_max},
           .message_size_max = sctp::message_size_to(peer->message_size_max)};
  stage_ = Stage::ready;
  if (!waiting_.empty()) begin();
}

void DataChannels::begin() {
  peer_->sctp.round_trip = round_trip_of(connection_.agent());
  channels_ = std::make_unique<channels::Channels>(peer_->side, peer_->sctp,
                                                   peer_->message_size_max, host_.random);
  if (!channels_->connect(host_.clock.now())) {
    host_.log.log(LogLevel::error, "channels",
                  "no data channels: another thread of this process has them, or memory is short");
    return end(Stage::over);
  }
  stage_ = Stage::begun;
  for (const Handle& channel : std::exchange(waiting_, {})) open_now(channel);
  pump();
}

void DataChannels::open_now(const Handle& channel) {
  const Timestamp now = host_.clock.now();
  const auto id = channels_->open(now, channel->options_);
  if (!id) return channel->end();
  channel->id_ = *id;
  open_.emplace(*id, channel);
  channels_->set_low_threshold(*id, channel->low_threshold_);
  for (const DataChannel::EarlyMessage& early : std::exchange(channel->early_, {})) {
    if (channels_->send(now, *id, early.kind, early.bytes) == SendResult::sent) continue;
    host_.log.log(LogLevel::warning, "channels",
                  "a message of " + std::to_string(early.bytes.size()) +
                      " bytes is dropped: it is longer than the peer takes");
  }
  if (channel->state_ == DataChannel::State::closing) channels_->close_channel(now, *id);
}

bool DataChannels::take_datagram(Bytes datagram) {
  if (!peer_ || !sctp::Association::is_packet(peer_->sctp, datagram)) return false;
  if (stage_ == Stage::ready) begin();
  if (!channels_) return true;  // of an association that is over
  channels_->handle_packet(host_.clock.now(), datagram);
  pump();
  return true;
}

void DataChannels::on_connection_closed() {
  end(Stage::over);
}

void DataChannels::handle_timeout(Timestamp now) {
  if (stage_ == Stage::ready && !waiting_.empty()) return begin();
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
    (void)connection_.send_packet(packet->packet);
  } else if (const auto* opened = std::get_if<channels::ChannelOpened>(&output)) {
    take(*opened);
  } else if (const auto* message = std::get_if<channels::MessageReceived>(&output)) {
    const Handle channel = find(message->channel);
    if (channel && channel->on_message) channel->on_message(message->kind, message->bytes);
  } else if (const auto* low = std::get_if<channels::BufferedLow>(&output)) {
    const Handle channel = find(low->channel);
    if (channel && channel->on_buffered_low) channel->on_buffered_low();
  } else if (const auto* closed = std::get_if<channels::ChannelClosed>(&output)) {
    const Handle channel = find(closed->channel);
    open_.erase(closed->channel);
    if (channel) channel->end();
  } else {
    end(Stage::over);
  }
}

void DataChannels::take(const channels::ChannelOpened& opened) {
  if (!opened.by_peer) {
    const Handle channel = find(opened.channel);
    if (!channel || channel->state_ != DataChannel::State::connecting) return;
    channel->state_ = DataChannel::State::open;
    if (channel->on_open) channel->on_open();
    return;
  }
  auto channel = std::make_shared<DataChannel>(*this, opened.options);
  channel->id_ = opened.channel;
  channel->state_ = DataChannel::State::open;
  open_.emplace(opened.channel, channel);
  if (opened.options.protocol == channels::kDatagramProtocol) return carry_datagrams(channel);
  if (on_channel) on_channel(channel);
}

void DataChannels::carry_datagrams(const Handle& channel) {
  datagrams_ = channel;
  channel->on_message = [this](channels::MessageKind, Bytes datagram) {
    connection_.deliver(datagram);
  };
  channel->on_close = [this, raw = channel.get()] {
    if (datagrams_.get() == raw) datagrams_.reset();
  };
}

bool DataChannels::send_datagram(Bytes datagram) {
  if (datagrams_->buffered_amount() > kDatagramsWaitingMax) return false;
  return datagrams_->send(datagram) == SendResult::sent;
}

DataChannels::Handle DataChannels::find(channels::ChannelId id) const {
  const auto found = open_.find(id);
  return found == open_.end() ? nullptr : found->second;
}

void DataChannels::end(Stage stage) {
  stage_ = stage;
  channels_.reset();
  timer_->arm(kNever);
  std::vector<Handle> ended = std::exchange(waiting_, {});
  for (auto& [id, channel] : std::exchange(open_, {})) ended.push_back(channel);
  // A function of one channel may use another, so all are over before the first of them hears.
  for (const Handle& channel : ended) channel->owner_ = nullptr;
  for (const Handle& channel : ended) channel->end();
}

// For DataChannel ---------------------------------------------------------------------------------

SendResult DataChannels::send(DataChannel& channel, channels::MessageKind kind, Bytes message) {
  if (!channel.id_) {
    const std::size_t size_max = peer_ ? peer_->message_size_max : sctp::kMessageSizeMax;
    if (message.size() > size_max) return SendResult::too_long;
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
