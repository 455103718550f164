#include "announcements.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace floe::native {
namespace {

// How many are read in one pass.
constexpr int kAnnouncementsMax = 32;

}  // namespace

UniqueFd open_announcements() {
  UniqueFd fd(socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE));
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups =
      RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  if (bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fd.reset();
  return fd;
}

void discard_announcements(int fd) {
  std::array<char, 8192> announcement;
  for (int i = 0; i < kAnnouncementsMax; ++i) {
    // ENOBUFS says that announcements were lost, so the list must be read, too.
    if (recv(fd, announcement.data(), announcement.size(), 0) < 0 && errno == EAGAIN) break;
  }
}

}  // namespace floe::native
