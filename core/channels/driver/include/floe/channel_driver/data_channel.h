// One data channel, with the verbs of W3C's RTCDataChannel.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "floe/channels/channels.h"

namespace floe {

class DataChannels;

class DataChannel {
 public:
  enum class State : std::uint8_t { connecting, open, closing, closed };

  /// Made by DataChannels.
  DataChannel(DataChannels& owner, channels::ChannelOptions options);

  /// The loop calls these; inside them everything is allowed except destroying the DataChannels.
  std::function<void()> on_open;
  /// The bytes live for the duration of the call.
  std::function<void(channels::MessageKind kind, Bytes message)> on_message;
  /// buffered_amount() has come down to the threshold.
  std::function<void()> on_buffered_low;
  /// Nothing more comes, and nothing more can be sent.
  std::function<void()> on_close;

  /// Messages may be sent before the channel is open; they wait.
  channels::SendResult send(std::string_view text);
  channels::SendResult send(Bytes message);
  /// What waits is sent before.
  void close();

  const std::string& label() const { return options_.label; }
  const std::string& protocol() const { return options_.protocol; }
  const sctp::Delivery& delivery() const { return options_.delivery; }
  /// Empty until DTLS has told which end has even numbers.
  std::optional<channels::ChannelId> id() const { return id_; }
  State state() const { return state_; }
  /// What send() has taken and SCTP has not, in bytes.
  std::size_t buffered_amount() const;
  /// 0 at first.
  void set_buffered_low_threshold(std::size_t bytes);
  channels::ChannelCounters counters() const;

 private:
  friend class DataChannels;
  channels::SendResult send(channels::MessageKind kind, Bytes message);
  void end();

  struct EarlyMessage {
    channels::MessageKind kind;
    ByteVector bytes;
  };

  DataChannels* owner_;  // null: closed
  channels::ChannelOptions options_;
  std::optional<channels::ChannelId> id_;
  State state_ = State::connecting;
  std::size_t low_threshold_ = 0;
  std::vector<EarlyMessage> early_;  // until there is an association
  std::size_t early_size_ = 0;
};

std::string_view to_text(DataChannel::State state);

}  // namespace floe
