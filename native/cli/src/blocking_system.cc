#include "blocking_system.h"

#include <sys/socket.h>

#include "floe/native/posix_address.h"
#include "floe/native/unique_fd.h"
#include "floe/probes/answer_lines.h"

namespace floe::cli {
namespace {

native::SystemHostOptions host_options(const std::string& tls_ca_file) {
  native::SystemHostOptions options;
  options.streams.tls_ca_file = tls_ca_file;
  options.log_minimum = LogLevel::warning;
  return options;
}

}  // namespace

BlockingSystem::BlockingSystem(const std::string& tls_ca_file) : host_(host_options(tls_ca_file)) {}

bool BlockingSystem::is_open(bool json) {
  if (host_.is_open()) return true;
  probes::print_error(terminal_, json, "the system gave no descriptors: see ulimit -n");
  return false;
}

void BlockingSystem::wait(Timestamp deadline) {
  const Timestamp now = host_.loop().now();
  if (deadline == kNever) {
    host_.loop().run_once();
  } else {
    host_.loop().run_once(deadline > now ? deadline - now : Duration::zero());
  }
}

/// Connecting a UDP socket sends nothing: the kernel selects the route and the source address.
std::optional<IpAddress> BlockingSystem::address_towards(const TransportAddress& remote) {
  const native::PosixAddress address(remote);
  const native::UniqueFd fd(
      socket(remote.ip.is_ipv4() ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd.is_open() || connect(fd.get(), address.get(), address.length()) != 0) return std::nullopt;
  const auto local = native::local_address_of(fd.get());
  return local ? std::optional(local->ip) : std::nullopt;
}

}  // namespace floe::cli
