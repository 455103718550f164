// IP addresses and transport addresses, without an operating system.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe {

enum class Family : std::uint8_t { ipv4, ipv6 };

/// An IPv4 or IPv6 address. An IPv6 address may have a zone, which a link-local address needs.
class IpAddress {
 public:
  constexpr IpAddress() = default;  ///< 0.0.0.0

  static constexpr IpAddress v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
    IpAddress ip;
    ip.bytes_[0] = a, ip.bytes_[1] = b, ip.bytes_[2] = c, ip.bytes_[3] = d;
    return ip;
  }
  /// From 4 or 16 bytes in network order; empty for other lengths.
  static std::optional<IpAddress> from_bytes(Bytes network_order, std::uint32_t zone = 0);
  /// Dotted decimal without leading zeros, or RFC 4291 text; no brackets, no zone, no names.
  static std::optional<IpAddress> parse(std::string_view text);
  static IpAddress any(Family family);
  static IpAddress loopback(Family family);

  Family family() const { return family_; }
  bool is_ipv4() const { return family_ == Family::ipv4; }
  /// 4 or 16 bytes in network order; a view of this object, so not of a temporary one.
  Bytes bytes() const& { return {bytes_.data(), is_ipv4() ? std::size_t{4} : std::size_t{16}}; }
  Bytes bytes() const&& = delete;
  /// The interface index that scopes a link-local address; 0 is none. Never signalled.
  std::uint32_t zone() const { return zone_; }

  bool is_any() const;
  bool is_loopback() const;
  bool is_link_local() const;
  bool is_multicast() const;
  bool is_v4_mapped() const;

  /// RFC 5952 text for IPv6; the zone is left out, since it means something on this host only.
  std::string to_text() const;

  auto operator<=>(const IpAddress&) const = default;
  /// In words: lists of candidates and of pairs are searched for each datagram.
  bool operator==(const IpAddress& other) const {
    const auto [first, second] = words();
    const auto [other_first, other_second] = other.words();
    return second == other_second && first == other_first && zone_ == other.zone_ &&
           family_ == other.family_;
  }

 private:
  std::array<std::uint64_t, 2> words() const {
    return std::bit_cast<std::array<std::uint64_t, 2>>(bytes_);
  }

  // In this order, the members that a TransportAddress adds fill what would be padding here.
  std::uint32_t zone_ = 0;
  std::array<std::uint8_t, 16> bytes_{};
  Family family_ = Family::ipv4;
};

/// The first address of the /24 or /48 of `ip`: as many addresses as one customer of a network has
/// easily. Limits for strangers count by it.
IpAddress network_of(const IpAddress& ip);

/// The protocol of a transport address. TLS runs over TCP.
enum class TransportProtocol : std::uint8_t { udp, tcp };

/// "udp" or "tcp".
std::string_view to_text(TransportProtocol protocol);

/// An IP address, a transport protocol and a port (RFC 8445, section 4). It identifies one end of a
/// path. The same port number of UDP and of TCP makes two different transport addresses.
struct TransportAddress {
  constexpr TransportAddress() = default;
  constexpr TransportAddress(const IpAddress& of_ip, std::uint16_t of_port,
                             TransportProtocol of_protocol = TransportProtocol::udp)
      : ip(of_ip), protocol(of_protocol), port(of_port) {}

  /// "192.0.2.1:3478" or "[2001:db8::1]:3478"; the text does not name the protocol.
  static std::optional<TransportAddress> parse(std::string_view text,
                                               TransportProtocol protocol = TransportProtocol::udp);
  std::string to_text() const;

  auto operator<=>(const TransportAddress&) const = default;
  /// The port first, since it differs most often.
  bool operator==(const TransportAddress& other) const {
    return port == other.port && protocol == other.protocol && ip == other.ip;
  }

  // In this order all of it fits into 24 bytes.
  [[no_unique_address]] IpAddress ip;
  TransportProtocol protocol = TransportProtocol::udp;
  std::uint16_t port = 0;
};
static_assert(sizeof(TransportAddress) == 24);

/// Whether datagrams can be sent to this address: a host could have it.
inline bool can_be_reached(const TransportAddress& address) {
  return address.port != 0 && !address.ip.is_any() && !address.ip.is_multicast();
}

}  // namespace floe
