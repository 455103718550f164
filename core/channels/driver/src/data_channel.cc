#include "floe/channel_driver/data_channel.h"

#include "floe/channel_driver/data_channels.h"

namespace floe {

DataChannel::DataChannel(DataChannels& owner, channels::ChannelOptions options)
    : owner_(&owner), options_(std::move(options)) {}

channels::SendResult DataChannel::send(std::string_view text) {
  return send(channels::MessageKind::text, as_bytes(text));
}

channels::SendResult DataChannel::send(Bytes message) {
  return send(channels::MessageKind::binary, message);
}

channels::SendResult DataChannel::send(channels::MessageKind kind, Bytes message) {
  const bool is_usable = state_ == State::connecting || state_ == State::open;
  if (owner_ == nullptr || !is_usable) return channels::SendResult::no_channel;
  return owner_->send(*this, kind, message);
}

void DataChannel::close() {
  if (owner_ == nullptr || state_ == State::closing) return;
  state_ = State::closing;
  owner_->close_channel(*this);
}

void DataChannel::end() {
  owner_ = nullptr;
  state_ = State::closed;
  if (on_close) on_close();
}

std::size_t DataChannel::buffered_amount() const {
  if (owner_ == nullptr) return 0;
  return id_ ? owner_->channels_->buffered(*id_) : early_size_;
}

void DataChannel::set_buffered_low_threshold(std::size_t bytes) {
  low_threshold_ = bytes;
  if (owner_ != nullptr && id_) owner_->channels_->set_low_threshold(*id_, bytes);
}

channels::ChannelCounters DataChannel::counters() const {
  const auto* counters = owner_ != nullptr && id_ ? owner_->channels_->counters(*id_) : nullptr;
  return counters == nullptr ? channels::ChannelCounters{} : *counters;
}

std::string_view to_text(DataChannel::State state) {
  switch (state) {
    case DataChannel::State::connecting:
      return "connecting";
    case DataChannel::State::open:
      return "open";
    case DataChannel::State::closing:
      return "closing";
    case DataChannel::State::closed:
      break;
  }
  return "closed";
}

}  // namespace floe
