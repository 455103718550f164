#include "ipv6_states.h"

#include <linux/if_addr.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>

namespace floe::native {
namespace {

constexpr unsigned kUnfit = IFA_F_TENTATIVE | IFA_F_DADFAILED | IFA_F_DEPRECATED;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// 32 hexadecimal digits without separators.
std::optional<IpAddress> parse_hex(const char* digits) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    unsigned byte = 0;
    if (std::sscanf(digits + 2 * i, "%2x", &byte) != 1) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(byte);
  }
  return IpAddress::from_bytes(bytes);
}

}  // namespace

std::vector<IpAddress> unfit_ipv6_addresses() {
  std::vector<IpAddress> unfit;
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen("/proc/net/if_inet6", "re"));
  if (!file) return unfit;
  std::array<char, 33> address{};
  unsigned flags = 0;
  // address, interface index, prefix length, scope, flags, interface name
  while (std::fscanf(file.get(), "%32s %*x %*x %*x %x %*s", address.data(), &flags) == 2) {
    if ((flags & kUnfit) == 0) continue;
    if (const auto ip = parse_hex(address.data())) unfit.push_back(*ip);
  }
  return unfit;
}

}  // namespace floe::native
