#include "floe/token/prefix.h"

#include <algorithm>
#include <array>

#include "floe/types/decimal.h"

namespace floe::token {
namespace {

/// The first `length` bits; the others are zero.
IpAddress cut(const IpAddress& ip, unsigned length) {
  std::array<std::uint8_t, 16> bytes{};
  const Bytes all = ip.bytes();
  std::ranges::copy(all, bytes.begin());
  for (unsigned i = 0; i < all.size(); ++i) {
    const unsigned kept = length <= 8 * i ? 0 : std::min(8u, length - 8 * i);
    bytes[i] = static_cast<std::uint8_t>(bytes[i] & (0xff00u >> kept));
  }
  return *IpAddress::from_bytes({bytes.data(), all.size()});
}

}  // namespace

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto ip = IpAddress::parse(text.substr(0, slash));
  if (!ip) return std::nullopt;
  const std::uint64_t bits = 8 * ip->bytes().size();
  const auto length =
      slash == text.npos ? std::optional(bits) : parse_decimal(text.substr(slash + 1), bits);
  if (!length || cut(*ip, static_cast<unsigned>(*length)) != *ip) return std::nullopt;
  return Prefix{*ip, static_cast<std::uint8_t>(*length)};
}

std::string Prefix::to_text() const {
  return ip.to_text() + "/" + to_decimal(length);
}

bool Prefix::contains(const IpAddress& other) const {
  return other.family() == ip.family() && cut(other, length) == ip;
}

}  // namespace floe::token
