// The `sdpMid` by which messages name an agent's data streams.
//
// The first stream has the name from the options; each other stream has its number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/ice/agent.h"

namespace floe::signal {

class StreamMids {
 public:
  StreamMids(std::string first, std::uint8_t streams)
      : first_(std::move(first)), streams_(streams) {}

  std::uint8_t stream_count() const { return streams_; }
  std::string mid_of(ice::DataStreamId stream) const;
  /// Nothing when no stream has this name. An agent of one stream accepts every name for it.
  std::optional<ice::DataStreamId> stream_of(std::string_view mid) const;

 private:
  std::string first_;
  std::uint8_t streams_;
};

}  // namespace floe::signal
