// The channels of one association, by their numbers.
#pragma once

#include <map>

#include "outgoing_queue.h"

namespace floe::channels {

enum class ChannelState : std::uint8_t {
  opening,  ///< our DCEP message is not acknowledged
  open,
  closing,  ///< what waits is sent, then the stream is reset
};

struct Channel {
  ChannelId id;
  ChannelOptions options;
  ChannelState state = ChannelState::opening;
  OutgoingQueue queue{};
  ChannelCounters counters{};
  bool reset_asked = false;
  bool reset_done = false;
  bool reset_by_peer = false;

  /// RFC 8832, section 6: until the peer has answered, messages keep their order, so that none
  /// comes before the opening.
  sctp::Delivery delivery() const {
    sctp::Delivery delivery = options.delivery;
    if (state == ChannelState::opening) delivery.ordered = true;
    return delivery;
  }
  bool is_over() const { return reset_done && reset_by_peer; }
};

class ChannelTable {
 public:
  /// Null when there is no such channel.
  Channel* find(ChannelId id);
  bool is_full() const { return channels_.size() >= kChannelsMax; }
  Channel& add(ChannelId id, ChannelOptions options, ChannelState state);
  void remove(ChannelId id) { channels_.erase(id); }
  void clear() { channels_.clear(); }

  /// Each channel once, first the one after the channel that was served last.
  template <class Visit>
  void for_each(Visit&& visit) {
    for (auto it = channels_.upper_bound(last_served_); it != channels_.end(); ++it) {
      if (!visit(it->second)) return;
    }
    const auto end = channels_.upper_bound(last_served_);
    for (auto it = channels_.begin(); it != end; ++it) {
      if (!visit(it->second)) return;
    }
  }
  void note_served(ChannelId id) { last_served_ = id; }

 private:
  std::map<ChannelId, Channel> channels_;
  ChannelId last_served_{UINT16_MAX};
};

}  // namespace floe::channels
