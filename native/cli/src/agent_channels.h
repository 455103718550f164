// The data channels of `floe agent`: reports about them, and orders to them.
#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "event_lines.h"
#include "floe/channel_driver/data_channels.h"
#include "order.h"

namespace floe::cli {

class AgentChannels {
 public:
  /// `connection` must outlive this object; with `echo`, messages go back and are not reported.
  AgentChannels(const Host& host, Connection& connection, bool echo, EventLines& out);

  void carry_out(const ChannelOrder& order);

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

}  // namespace floe::cli
