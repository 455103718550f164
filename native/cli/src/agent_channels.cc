#include "agent_channels.h"

#include <map>

#include "channel_lines.h"
#include "floe/channel_driver/data_channels.h"

namespace floe::cli {
namespace {

std::string_view sentence_of(channels::OpenError error) {
  switch (error) {
    case channels::OpenError::limit:
      return "there are as many channels as there can be";
    case channels::OpenError::taken:
      return "another channel has this number";
    case channels::OpenError::too_long:
      return "a label and a protocol have at most 1024 bytes";
    case channels::OpenError::no_peer:
      return "the peer carries no data channels";
    case channels::OpenError::over:
      break;
  }
  return "the connection is closed";
}

std::string_view sentence_of(channels::SendResult result) {
  switch (result) {
    case channels::SendResult::too_long:
      return "the message is longer than the peer takes";
    case channels::SendResult::full:
      return "16 MiB wait in the channel; send less, or later";
    default:
      return "the channel is closed";
  }
}

class OpenableChannels final : public AgentChannels {
 public:
  OpenableChannels(const Host& host, Connection& connection, bool echo, EventLines& out);

  void carry_out(const ChannelOrder& order) override;

 private:
  using Handle = std::shared_ptr<DataChannel>;

  void carry_out(const OpenChannelOrder& order);
  void carry_out(const SendMessageOrder& order);
  void carry_out(const CloseChannelOrder& order);

  void attach(const Handle& channel);
  void report(const Handle& channel);
  Handle find(std::uint16_t id) const;

  const bool echo_;
  EventLines& out_;
  DataChannels channels_;
  std::map<channels::ChannelId, Handle> open_;
};

OpenableChannels::OpenableChannels(const Host& host, Connection& connection, bool echo,
                                   EventLines& out)
    : echo_(echo), out_(out), channels_(host, connection) {
  channels_.on_channel = [this](const Handle& channel) {
    attach(channel);
    report(channel);
  };
}

void OpenableChannels::attach(const Handle& channel) {
  DataChannel* raw = channel.get();  // it outlives its own functions
  channel->on_open = [this, weak = std::weak_ptr(channel)] { report(weak.lock()); };
  channel->on_close = [this, weak = std::weak_ptr(channel)] { report(weak.lock()); };
  channel->on_message = [this, raw](channels::MessageKind kind, Bytes message) {
    if (!echo_) return out_.line(message_line(*raw, kind, message));
    (void)(kind == channels::MessageKind::text ? raw->send(as_text(message)) : raw->send(message));
  };
}

void OpenableChannels::report(const Handle& channel) {
  out_.line(channel_line(*channel));
  if (!channel->id()) return;
  if (channel->state() == DataChannel::State::closed) {
    open_.erase(*channel->id());
  } else {
    open_.emplace(*channel->id(), channel);
  }
}

OpenableChannels::Handle OpenableChannels::find(std::uint16_t id) const {
  const auto found = open_.find(channels::ChannelId(id));
  return found == open_.end() ? nullptr : found->second;
}

void OpenableChannels::carry_out(const ChannelOrder& order) {
  std::visit([this](const auto& one) { carry_out(one); }, order);
}

void OpenableChannels::carry_out(const OpenChannelOrder& order) {
  const auto channel = channels_.open(order.options);
  if (!channel) return out_.error("bad-command", sentence_of(channel.error()));
  attach(*channel);
}

void OpenableChannels::carry_out(const SendMessageOrder& order) {
  const Handle channel = find(order.channel);
  if (!channel) return out_.error("bad-command", "no channel with this number is open");
  const auto result = order.kind == channels::MessageKind::text
                          ? channel->send(as_text(order.message))
                          : channel->send(Bytes(order.message));
  if (result != channels::SendResult::sent) out_.error("too-big", sentence_of(result));
}

void OpenableChannels::carry_out(const CloseChannelOrder& order) {
  const Handle channel = find(order.channel);
  if (!channel) return out_.error("bad-command", "no channel with this number is open");
  channel->close();
}

}  // namespace

std::unique_ptr<AgentChannels> make_agent_channels(const Host& host, Connection& connection,
                                                   bool echo, EventLines& out) {
  return std::make_unique<OpenableChannels>(host, connection, echo, out);
}

}  // namespace floe::cli
