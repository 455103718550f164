// Which relay a row loads, by the options of its command line.
#pragma once

#include <cstdint>
#include <memory>

#include "gateway/relay_client.h"
#include "measure/program.h"

namespace floe::bench {

/// Between the client and the relay.
enum class Protocol : std::uint8_t { floe, addressed, wisp, turn_tcp, turn_udp };

struct Relay {
  explicit Relay(const Options& options);

  /// Waits until it may be used.
  std::unique_ptr<RelayClient> new_client() const;

  std::uint16_t port;  // of 127.0.0.1
  Protocol protocol;
  bool over_tls;
};

}  // namespace floe::bench
