#include "channel_table.h"

#include <utility>

namespace floe::channels {

Channel* ChannelTable::find(ChannelId id) {
  const auto found = channels_.find(id);
  return found == channels_.end() ? nullptr : &found->second;
}

Channel& ChannelTable::add(ChannelId id, ChannelOptions options, ChannelState state) {
  return channels_.insert_or_assign(id, Channel{id, std::move(options), state}).first->second;
}

}  // namespace floe::channels
