#include "floe/sim/prefix.h"

#include <algorithm>

namespace floe::sim {
namespace {

/// The `count` most significant bits of 64.
std::uint64_t leading_ones(unsigned count) {
  return count == 0 ? 0 : ~std::uint64_t{0} << (64 - std::min(count, 64u));
}

std::optional<unsigned> parse_length(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

Prefix::Prefix(const IpAddress& ip, unsigned length)
    : ip_(ip), length_(std::min(length, ip.is_ipv4() ? 32u : 128u)), key_(AddressKey::of(ip)) {
  // An IPv4 address is the last 32 of 128 bits.
  const unsigned bits = length_ + (ip.is_ipv4() ? 96 : 0);
  mask_ = {leading_ones(bits), leading_ones(bits < 64 ? 0 : bits - 64)};
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto ip = IpAddress::parse(text.substr(0, slash));
  const auto length = parse_length(text.substr(slash + 1));
  if (!ip || !length || *length > (ip->is_ipv4() ? 32u : 128u)) return std::nullopt;
  return Prefix(*ip, *length);
}

}  // namespace floe::sim
