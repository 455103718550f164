// A UDP datagram with the IP and UDP headers that a real network would have given it.
#pragma once

#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::sim {

inline constexpr std::size_t kIpv4HeaderSize = 20;
inline constexpr std::size_t kIpv6HeaderSize = 40;
inline constexpr std::size_t kUdpHeaderSize = 8;

constexpr std::size_t header_size(bool is_ipv4) {
  return kUdpHeaderSize + (is_ipv4 ? kIpv4HeaderSize : kIpv6HeaderSize);
}

/// With correct checksums. Both addresses are of one family.
ByteVector ip_packet(const TransportAddress& source, const TransportAddress& destination,
                     Bytes payload);

}  // namespace floe::sim
