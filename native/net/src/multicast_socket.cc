#include "multicast_socket.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "floe/mdns/limits.h"
#include "floe/native/posix_address.h"

namespace floe::native {
namespace {

// RFC 6762, section 11: the TTL of responses; nothing of it is forwarded.
constexpr int kTtl = 255;
// Of linux/in6.h, which the headers of the C library do not have: since Linux 4.20.
constexpr int kIpv6MulticastAll = 29;

bool try_option(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

in_addr to_in_addr(const IpAddress& ip) {
  in_addr address{};
  std::copy_n(ip.bytes().begin(), sizeof address, reinterpret_cast<std::uint8_t*>(&address));
  return address;
}

/// Everything leaves by one interface.
bool choose_interface(int fd, const InterfaceEnd& end) {
  if (!end.address.is_ipv4()) {
    return try_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
           try_option(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, kTtl) &&
           try_option(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, kTtl) &&
           try_option(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, static_cast<int>(end.index));
  }
  const ip_mreqn chosen{{}, to_in_addr(end.address), static_cast<int>(end.index)};
  return try_option(fd, IPPROTO_IP, IP_MULTICAST_TTL, kTtl) &&
         try_option(fd, IPPROTO_IP, IP_TTL, kTtl) &&
         setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &chosen, sizeof chosen) == 0;
}

/// What others of this machine joined on other interfaces stays with them.
bool join(int fd, const InterfaceEnd& end, const IpAddress& group) {
  if (end.address.is_ipv4()) {
    const ip_mreqn member{to_in_addr(group), to_in_addr(end.address), static_cast<int>(end.index)};
    return try_option(fd, IPPROTO_IP, IP_MULTICAST_ALL, 0) &&
           setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &member, sizeof member) == 0;
  }
  ipv6_mreq member{};
  std::copy_n(group.bytes().begin(), 16, member.ipv6mr_multiaddr.s6_addr);
  member.ipv6mr_interface = end.index;
  (void)try_option(fd, IPPROTO_IPV6, kIpv6MulticastAll, 0);
  return setsockopt(fd, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &member, sizeof member) == 0;
}

bool bind_to(int fd, const TransportAddress& address) {
  const PosixAddress posix(address);
  return bind(fd, posix.get(), posix.length()) == 0;
}

TransportAddress group_on(const InterfaceEnd& end) {
  TransportAddress group = mdns::group_of(end.address.family());
  if (!end.address.is_ipv4()) {
    group.ip = IpAddress::from_bytes(group.ip.bytes(), end.index).value_or(group.ip);
  }
  return group;
}

}  // namespace

MulticastSocket::MulticastSocket(Loop& loop, const InterfaceEnd& end, MulticastPurpose purpose,
                                 MulticastListener& listener)
    : end_(end), group_(group_on(end)), listener_(listener) {
  if (!open(purpose)) {
    error_ = errno;
    fd_.reset();
    return;
  }
  watch_.emplace(loop, fd_.get(), static_cast<WatchListener&>(*this));
  watch_->set_interest(true, false);
}

bool MulticastSocket::open(MulticastPurpose purpose) {
  fd_.reset(socket(end_.address.is_ipv4() ? AF_INET : AF_INET6,
                   SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP));
  if (!fd_.is_open() || !choose_interface(fd_.get(), end_)) return false;
  if (purpose == MulticastPurpose::ask) return bind_to(fd_.get(), {end_.address, 0});
  return try_option(fd_.get(), SOL_SOCKET, SO_REUSEADDR, 1) && bind_to(fd_.get(), group_) &&
         join(fd_.get(), end_, group_.ip);
}

void MulticastSocket::send_to_group(Bytes bytes) {
  send(group_, bytes);
}

void MulticastSocket::send(const TransportAddress& to, Bytes bytes) {
  const PosixAddress address(to);
  (void)sendto(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL, address.get(),
               address.length());
}

void MulticastSocket::on_ready(Readiness) {
  std::array<std::uint8_t, mdns::kMessageSizeMax> buffer;
  for (int i = 0; i < kDatagramsPerPassMax; ++i) {
    PosixAddress source;
    source.prepare_for_kernel();
    const ssize_t size = recvfrom(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC,
                                  source.get(), source.mutable_length());
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    const auto from = source.to_socket_address();
    if (size < 0 || static_cast<std::size_t>(size) > buffer.size() || !from) continue;
    listener_.on_multicast(*this, *from, Bytes(buffer).first(static_cast<std::size_t>(size)));
  }
}

}  // namespace floe::native
