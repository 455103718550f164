#include "gateway/relay.h"
#include "gateway/addressed_client.h"
#include "gateway/channel_client.h"
#include "gateway/tunnel_client.h"
#include "gateway/wisp_client.h"

namespace floe::bench {
namespace {

Protocol protocol_of(const Options& options) {
  const auto is_set = [&](std::string_view key) { return options.number(key, 0) != 0; };
  if (is_set("addressed")) return Protocol::addressed;
  if (is_set("wisp")) return Protocol::wisp;
  if (is_set("turn_tcp")) return Protocol::turn_tcp;
  return is_set("turn_udp") ? Protocol::turn_udp : Protocol::floe;
}

}  // namespace

Relay::Relay(const Options& options)
    : port(static_cast<std::uint16_t>(options.number("port", 8080))),
      protocol(protocol_of(options)),
      over_tls(options.number("tls", 0) != 0) {}

std::unique_ptr<RelayClient> Relay::new_client() const {
  switch (protocol) {
    case Protocol::floe:
      return std::make_unique<TunnelClient>(port, over_tls);
    case Protocol::addressed:
      return std::make_unique<AddressedClient>(port, over_tls);
    case Protocol::wisp:
      return std::make_unique<WispClient>(port, over_tls);
    case Protocol::turn_tcp:
      return std::make_unique<ChannelClient>(port, Transport::tcp);
    case Protocol::turn_udp:
      return std::make_unique<ChannelClient>(port, Transport::udp);
  }
  return nullptr;
}

}  // namespace floe::bench
