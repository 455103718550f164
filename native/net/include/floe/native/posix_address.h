// Conversion between Floe's addresses and those of the kernel.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <optional>

#include "floe/types/address.h"

namespace floe::native {

/// A sockaddr_in or sockaddr_in6 with its length: 28 bytes instead of sockaddr_storage's 128.
class PosixAddress {
 public:
  PosixAddress() = default;
  explicit PosixAddress(const TransportAddress& address);

  sockaddr* get() { return &u_.any; }
  const sockaddr* get() const { return &u_.any; }
  socklen_t length() const { return length_; }

  /// For calls that write an address: the size of its memory before the call, the size written
  /// after it.
  void prepare_for_kernel() { length_ = sizeof u_; }
  socklen_t* mutable_length() { return &length_; }

  /// Empty for a family other than IPv4 and IPv6.
  std::optional<TransportAddress> to_socket_address() const;

 private:
  union {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
  } u_{};
  socklen_t length_ = 0;
};

/// The address that the socket is bound to, or that its peer has.
std::optional<TransportAddress> local_address_of(int fd);
std::optional<TransportAddress> peer_address_of(int fd);

IpAddress to_ip_address(const in_addr& address);
IpAddress to_ip_address(const in6_addr& address, std::uint32_t zone);

}  // namespace floe::native
