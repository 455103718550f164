#include "ipv6_states.h"

#include <linux/if_addr.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "proc_file.h"

namespace floe::native {
namespace {

constexpr unsigned kUnfit = IFA_F_TENTATIVE | IFA_F_DADFAILED | IFA_F_DEPRECATED;

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

bool is_fit(const Ipv6State& state) {
  return (state.flags & kUnfit) == 0;
}

bool is_temporary(const Ipv6State& state) {
  return (state.flags & IFA_F_TEMPORARY) != 0;
}

/// RFC 4291, appendix A: an interface identifier made of a 48-bit address has FF-FE in its middle.
bool is_made_of_hardware_address(const IpAddress& ip) {
  const Bytes bytes = ip.bytes();
  return bytes[11] == 0xff && bytes[12] == 0xfe;
}

bool can_be_followed(const Ipv6State& state) {
  const bool was_set_by_hand = (state.flags & IFA_F_PERMANENT) != 0;
  return !is_temporary(state) && (!was_set_by_hand || is_made_of_hardware_address(state.ip));
}

bool share_a_prefix(const Ipv6State& a, const Ipv6State& b) {
  if (a.interface_index != b.interface_index || a.prefix_length != b.prefix_length) return false;
  const std::size_t bits = std::min<std::size_t>(a.prefix_length, 128);
  const std::size_t whole = bits / 8;
  const Bytes first = a.ip.bytes();
  const Bytes second = b.ip.bytes();
  if (!std::equal(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(whole),
                  second.begin())) {
    return false;
  }
  return bits % 8 == 0 || (first[whole] ^ second[whole]) >> (8 - bits % 8) == 0;
}

}  // namespace

std::vector<Ipv6State> read_ipv6_states() {
  std::vector<Ipv6State> states;
  const ProcFile file = open_proc("/proc/net/if_inet6");
  if (!file) return states;
  std::array<char, 33> address{};
  Ipv6State state;
  // address, interface index, prefix length, scope, flags, interface name
  while (std::fscanf(file.get(), "%32s %x %x %*x %x %*s", address.data(), &state.interface_index,
                     &state.prefix_length, &state.flags) == 4) {
    const auto ip = parse_hex(address.data());
    if (!ip) continue;
    state.ip = *ip;
    states.push_back(state);
  }
  return states;
}

std::vector<IpAddress> unfit_ipv6_addresses(const std::vector<Ipv6State>& states) {
  const auto has_temporary_sibling = [&](const Ipv6State& state) {
    return std::ranges::any_of(states, [&](const Ipv6State& other) {
      return is_temporary(other) && is_fit(other) && share_a_prefix(state, other);
    });
  };
  std::vector<IpAddress> unfit;
  for (const Ipv6State& state : states) {
    const bool is_private_matter = can_be_followed(state) && has_temporary_sibling(state);
    if (!is_fit(state) || is_private_matter) unfit.push_back(state.ip);
  }
  return unfit;
}

}  // namespace floe::native
