#include "udp_binding.h"

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "floe/native/posix_address.h"

namespace floe::native {
namespace {

void set_option(int fd, int level, int name, int value) {
  setsockopt(fd, level, name, &value, sizeof value);
}

BindError to_bind_error(int error) {
  switch (error) {
    case EADDRINUSE:
      return BindError::address_in_use;
    case EACCES:
    case EPERM:
      return BindError::denied;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return BindError::limit;
    default:
      return BindError::address_not_available;
  }
}

void set_options(int fd, const IpAddress& ip, int receive_buffer_bytes) {
  set_receive_buffer(fd, receive_buffer_bytes);
  if (!ip.is_ipv4()) set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  // A socket bound to one address knows where its datagrams were sent without asking.
  if (!ip.is_any()) return;
  if (ip.is_ipv4()) {
    set_option(fd, IPPROTO_IP, IP_PKTINFO, 1);
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
  }
}

// 0, or the errno of the last try.
int bind_in_range(int fd, const BindRequest& request, RandomSource& random) {
  const bool any_port = request.port_max == 0;
  if (!any_port && request.port_min > request.port_max) return EADDRNOTAVAIL;
  const std::uint32_t ports =
      any_port ? 1u : static_cast<std::uint32_t>(request.port_max - request.port_min) + 1u;
  const std::uint32_t start = ports > 1 ? random.below(ports) : 0;
  int error = EADDRINUSE;
  for (std::uint32_t i = 0; i < std::min(ports, UdpSockets::kPortTriesMax); ++i) {
    const auto port = static_cast<std::uint16_t>(request.port_min + (start + i) % ports);
    const PosixAddress address({request.ip, port});
    if (bind(fd, address.get(), address.length()) == 0) return 0;
    error = errno;
    if (error != EADDRINUSE) break;
  }
  return error;
}

}  // namespace

Result<UniqueFd, BindError> bind_udp(const BindRequest& request, int receive_buffer_bytes,
                                     RandomSource& random, bool share_port) {
  UniqueFd fd(socket(request.ip.is_ipv4() ? AF_INET : AF_INET6,
                     SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP));
  if (!fd.is_open()) return to_bind_error(errno);
  set_options(fd.get(), request.ip, receive_buffer_bytes);
  if (share_port) set_option(fd.get(), SOL_SOCKET, SO_REUSEPORT, 1);
  if (const int error = bind_in_range(fd.get(), request, random)) return to_bind_error(error);
  return Result<UniqueFd, BindError>(std::move(fd));
}

void set_receive_buffer(int fd, int bytes) {
  set_option(fd, SOL_SOCKET, SO_RCVBUF, bytes);
}

void stamp_arriving(int fd, bool on) {
  set_option(fd, SOL_SOCKET, SO_TIMESTAMPNS, on ? 1 : 0);
}

bool join_arriving(int fd) {
  const int on = 1;
  return setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on) == 0;
}

}  // namespace floe::native
