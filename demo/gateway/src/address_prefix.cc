#include "address_prefix.h"

#include <charconv>

#include "floe/types/text.h"

namespace floe::gateway {
namespace {

std::uint64_t first_bits(unsigned count) {
  return count == 0 ? 0 : ~std::uint64_t{0} << (64 - count);
}

WideAddress mask_of(unsigned bits) {
  return bits <= 64 ? WideAddress{first_bits(bits), 0}
                    : WideAddress{first_bits(64), first_bits(bits - 64)};
}

}  // namespace

AddressPrefix::AddressPrefix(const WideAddress& start, unsigned bits)
    : start_(start), mask_(mask_of(bits)), bits_(bits) {}

Result<AddressPrefix, std::string> AddressPrefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto ip = IpAddress::parse(text.substr(0, slash));
  if (!ip) return concat({"\"", text, "\" is not an address or ADDRESS/BITS"});
  const unsigned bits_max = ip->is_ipv4() ? 32 : 128;
  unsigned bits = bits_max;
  if (slash != text.npos) {
    const std::string_view number = text.substr(slash + 1);
    const char* end = number.data() + number.size();
    const auto [rest, error] = std::from_chars(number.data(), end, bits);
    if (error != std::errc() || rest != end || bits > bits_max) {
      return concat({"\"", text, "\": the prefix has 0 to ", std::to_string(bits_max), " bits"});
    }
  }
  const AddressPrefix prefix(WideAddress(*ip), ip->is_ipv4() ? bits + kIpv4Offset : bits);
  const WideAddress first{prefix.start_.high & prefix.mask_.high,
                          prefix.start_.low & prefix.mask_.low};
  if (first == prefix.start_) return prefix;
  return concat({"\"", text, "\" has bits behind its prefix: is ",
                 AddressPrefix(first, prefix.bits_).to_text(), " meant?"});
}

std::string AddressPrefix::to_text() const {
  return start_.to_ip().to_text() + "/" + std::to_string(length());
}

}  // namespace floe::gateway
