#include "floe/turn_server/channel_table.h"

#include <algorithm>

namespace floe::turn {

ChannelTable::BindResult ChannelTable::bind(Timestamp now, std::uint16_t number,
                                            const TransportAddress& peer) {
  std::erase_if(channels_,
                [&](const Channel& channel) { return channel.expires + kChannelRest <= now; });
  for (Channel& channel : channels_) {
    const bool is_number = channel.number == number;
    const bool is_peer = channel.peer == peer;
    if (is_number != is_peer) return BindResult::conflict;
    if (is_number) {
      channel.expires = now + kChannelLifetime;
      return BindResult::bound;
    }
  }
  if (channels_.size() >= kChannelsMax) return BindResult::full;
  channels_.push_back({number, peer, now + kChannelLifetime});
  return BindResult::bound;
}

const TransportAddress* ChannelTable::peer_of(Timestamp now, std::uint16_t number) const {
  const auto channel = std::ranges::find(channels_, number, &Channel::number);
  return channel != channels_.end() && channel->expires > now ? &channel->peer : nullptr;
}

std::optional<std::uint16_t> ChannelTable::number_of(Timestamp now,
                                                     const TransportAddress& peer) const {
  const auto channel = std::ranges::find_if(channels_, [&](const Channel& entry) {
    return entry.peer.port == peer.port && entry.peer.ip == peer.ip;
  });
  if (channel == channels_.end() || channel->expires <= now) return std::nullopt;
  return channel->number;
}

}  // namespace floe::turn
