#include "ways_out.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>

#include "floe/native/posix_address.h"
#include "floe/native/unique_fd.h"
#include "proc_file.h"

namespace floe::native {
namespace {

// A router with the routes of the whole Internet is not read to its end.
constexpr int kRoutesReadMax = 4096;

// RTF_UP and RTF_REJECT of <linux/route.h>.
constexpr unsigned kIsUp = 0x0001;
constexpr unsigned kRejects = 0x0200;

// The name of an interface has at most 15 characters (IFNAMSIZ).
using Name = std::array<char, 16>;

// Addresses for documentation (RFC 5737, RFC 3849): no route but the default one leads there.
IpAddress far_away(Family family) {
  if (family == Family::ipv4) return IpAddress::v4(192, 0, 2, 1);
  return *IpAddress::parse("2001:db8::1");
}

/// To connect a UDP socket sends nothing: the kernel selects the route and the source address.
std::optional<IpAddress> source_to_outside(Family family) {
  const int domain = family == Family::ipv4 ? AF_INET : AF_INET6;
  const UniqueFd fd(socket(domain, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const PosixAddress remote({far_away(family), 9});
  if (!fd.is_open() || connect(fd.get(), remote.get(), remote.length()) != 0) return std::nullopt;
  const auto local = local_address_of(fd.get());
  if (!local || local->ip.is_any()) return std::nullopt;
  return local->ip;
}

void add(std::vector<std::string>& names, const Name& name) {
  const std::string text = name.data();
  if (std::ranges::find(names, text) == names.end()) names.push_back(text);
}

void read_ipv4_routes(std::vector<std::string>& names) {
  const ProcFile file = open_proc("/proc/net/route");
  if (!file) return;
  if (std::fscanf(file.get(), "%*[^\n]") == EOF) return;  // the titles of the columns
  Name name{};
  unsigned long destination = 0;
  unsigned long mask = 0;
  unsigned flags = 0;
  for (int i = 0; i < kRoutesReadMax; ++i) {
    // interface, destination, gateway, flags, references, uses, metric, mask, MTU, window, RTT
    const int read = std::fscanf(file.get(), "%15s %lx %*x %x %*d %*d %*d %lx %*d %*d %*d",
                                 name.data(), &destination, &flags, &mask);
    if (read != 4) return;
    if (mask == 0 && destination == 0 && (flags & (kIsUp | kRejects)) == kIsUp) add(names, name);
  }
}

void read_ipv6_routes(std::vector<std::string>& names) {
  const ProcFile file = open_proc("/proc/net/ipv6_route");
  if (!file) return;
  Name name{};
  unsigned prefix_length = 0;
  unsigned flags = 0;
  for (int i = 0; i < kRoutesReadMax; ++i) {
    // destination, its length, source, its length, next hop, metric, references, uses, flags, name
    const int read = std::fscanf(file.get(), "%*s %x %*s %*x %*s %*x %*x %*x %x %15s",
                                 &prefix_length, &flags, name.data());
    if (read != 3) return;
    if (prefix_length == 0 && (flags & (kIsUp | kRejects)) == kIsUp) add(names, name);
  }
}

}  // namespace

WaysOut ways_out() {
  WaysOut ways;
  for (const Family family : {Family::ipv6, Family::ipv4}) {
    if (const auto source = source_to_outside(family)) ways.sources.push_back(*source);
  }
  read_ipv4_routes(ways.interfaces);
  read_ipv6_routes(ways.interfaces);
  return ways;
}

}  // namespace floe::native
