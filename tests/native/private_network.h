// A network of its own for a part of a test: nothing of it gets out, and nothing else gets in.
#pragma once

#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace floe::native::test {

/// The answers of in_private_network() besides those of the part itself.
inline constexpr int kNoPrivateNetwork = 77;

/// Runs `part` in a child process whose network has a loopback interface without addresses; returns
/// what `part` returns, or kNoPrivateNetwork where the system allows none. Call it before the
/// process has threads.
template <class Part>
int in_private_network(Part part) {
  const pid_t child = fork();
  if (child == 0) {
    const bool is_alone = unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
    _exit(is_alone ? part() : kNoPrivateNetwork);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Gives an IPv4 address to `interface` ("lo", "lo:1") and brings it up.
inline bool add_address(const char* interface, std::uint32_t host_order) {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(host_order);
  std::memcpy(&request.ifr_addr, &address, sizeof address);
  bool done = ioctl(fd, SIOCSIFADDR, &request) == 0;
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  done = done && ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  close(fd);
  return done;
}

}  // namespace floe::native::test
