// Sends back what comes over one connection: datagrams, and the messages of data channels.
#pragma once

#include <cstdint>

#include "floe/channel_driver/data_channels.h"

namespace floe::device {

struct Counters {
  std::uint64_t connections = 0;
  std::uint64_t channels = 0;
  std::uint64_t echoed = 0;
};

class Echo {
 public:
  /// Before the connection starts; both must outlive this object.
  Echo(const Host& host, Connection& connection, Counters& counters);

 private:
  using Handle = std::shared_ptr<DataChannel>;

  void echo_on(const Handle& channel);

  Counters& counters_;
  DataChannels channels_;
};

}  // namespace floe::device
