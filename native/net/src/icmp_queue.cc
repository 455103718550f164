#include "icmp_queue.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "floe/native/posix_address.h"

namespace floe::native {
namespace {

/// "Packet too big", whose number is the same in the kernel's fields of both families.
bool is_too_big(const sock_extended_err& error) {
  return error.ee_errno == EMSGSIZE;
}

std::optional<sock_extended_err> error_in(msghdr& message) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    const bool is_error = (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
                          (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR);
    if (!is_error || c->cmsg_len < CMSG_LEN(sizeof(sock_extended_err))) continue;
    sock_extended_err error;
    std::memcpy(&error, CMSG_DATA(c), sizeof error);
    return error;
  }
  return std::nullopt;
}

}  // namespace

void keep_icmp_errors(int fd, Family family) {
  const int on = 1;
  if (family == Family::ipv4) {
    setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  } else {
    setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  }
}

std::optional<IcmpError> take_icmp_error(int fd, bool& was_any) {
  PosixAddress peer;
  peer.prepare_for_kernel();
  alignas(cmsghdr) std::array<char, 512> control;
  msghdr message{};
  message.msg_name = peer.get();
  message.msg_namelen = peer.length();
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  was_any = recvmsg(fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0;
  if (!was_any) return std::nullopt;
  const auto error = error_in(message);
  const auto address = peer.to_socket_address();
  const bool is_icmp =
      error && (error->ee_origin == SO_EE_ORIGIN_ICMP || error->ee_origin == SO_EE_ORIGIN_ICMP6);
  if (!is_icmp || !address) return std::nullopt;
  return IcmpError{*address, error->ee_type, error->ee_code,
                   is_too_big(*error) ? error->ee_info : 0};
}

bool is_of_earlier_datagram(int error) {
  switch (error) {
    case ECONNREFUSED:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EHOSTDOWN:
    case ENONET:
    case ENOPROTOOPT:
    case EPROTO:
    case EACCES:
      return true;
    default:
      return false;
  }
}

}  // namespace floe::native
