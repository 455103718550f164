#include "floe/native/posix_address.h"

#include <algorithm>

namespace floe::native {

PosixAddress::PosixAddress(const TransportAddress& address) {
  const Bytes bytes = address.ip.bytes();
  if (address.ip.is_ipv4()) {
    u_.v4.sin_family = AF_INET;
    u_.v4.sin_port = htons(address.port);
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::uint8_t*>(&u_.v4.sin_addr));
    length_ = sizeof u_.v4;
  } else {
    u_.v6.sin6_family = AF_INET6;
    u_.v6.sin6_port = htons(address.port);
    u_.v6.sin6_scope_id = address.ip.zone();
    std::copy(bytes.begin(), bytes.end(), u_.v6.sin6_addr.s6_addr);
    length_ = sizeof u_.v6;
  }
}

std::optional<TransportAddress> PosixAddress::to_socket_address() const {
  switch (u_.any.sa_family) {
    case AF_INET:
      return TransportAddress{to_ip_address(u_.v4.sin_addr), ntohs(u_.v4.sin_port)};
    case AF_INET6:
      return TransportAddress{to_ip_address(u_.v6.sin6_addr, u_.v6.sin6_scope_id),
                              ntohs(u_.v6.sin6_port)};
    default:
      return std::nullopt;
  }
}

std::optional<TransportAddress> local_address_of(int fd) {
  PosixAddress address;
  address.prepare_for_kernel();
  if (getsockname(fd, address.get(), address.mutable_length()) != 0) return std::nullopt;
  return address.to_socket_address();
}

std::optional<TransportAddress> peer_address_of(int fd) {
  PosixAddress address;
  address.prepare_for_kernel();
  if (getpeername(fd, address.get(), address.mutable_length()) != 0) return std::nullopt;
  return address.to_socket_address();
}

IpAddress to_ip_address(const in_addr& address) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&address.s_addr);
  return IpAddress::v4(bytes[0], bytes[1], bytes[2], bytes[3]);
}

IpAddress to_ip_address(const in6_addr& address, std::uint32_t zone) {
  return IpAddress::from_bytes({address.s6_addr, 16}, zone).value_or(IpAddress());
}

}  // namespace floe::native
