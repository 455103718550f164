#include "carried_addresses.h"

namespace floe::gateway {
namespace {

AddressPrefix prefix(const char* text) {
  return *AddressPrefix::parse(text);
}

std::uint32_t last_word(const WideAddress& address) {
  return static_cast<std::uint32_t>(address.low);
}

/// IPv4-compatible (RFC 4291, section 2.5.5.1), which :: and ::1 only look like.
bool is_compatible(const WideAddress& address) {
  static const AddressPrefix kCompatible = prefix("::/96");
  return kCompatible.contains(address) && address.low > 1;
}

/// Those whose last 32 bits are the IPv4 address.
bool ends_with_ipv4(const WideAddress& address) {
  static const std::vector<AddressPrefix> kPrefixes{
      prefix("::ffff:0:0:0/96"),  // IPv4-translated (RFC 2765, section 2.1)
      prefix("64:ff9b::/96"),     // NAT64, well-known (RFC 6052, section 2.1)
      prefix("64:ff9b:1::/48"),   // NAT64, local use (RFC 8215)
  };
  if (is_compatible(address)) return true;
  for (const AddressPrefix& one : kPrefixes) {
    if (one.contains(address)) return true;
  }
  // ISATAP (RFC 5214, section 6.1): an interface identifier of 0000:5efe or 0200:5efe.
  return (address.low >> 32 & ~std::uint64_t{0x02000000}) == 0x00005efe;
}

/// RFC 6052, section 2.2: "Bits 64 to 71 of the address are reserved", so an IPv4 address that
/// reaches them goes on behind them.
std::uint32_t translated(const WideAddress& address, unsigned prefix_bits) {
  if (prefix_bits == 96) return last_word(address);
  const std::uint64_t behind = address.low << 8 >> 24;  // bits 72 to 111
  if (prefix_bits == 64) return static_cast<std::uint32_t>(behind >> 8);
  const unsigned before_count = 64 - prefix_bits;  // 8 to 32 bits of it
  const std::uint64_t before = address.high << prefix_bits >> prefix_bits;
  if (before_count == 32) return static_cast<std::uint32_t>(before);
  const unsigned behind_count = 32 - before_count;
  return static_cast<std::uint32_t>(before << behind_count | behind >> (40 - behind_count));
}

}  // namespace

std::vector<WideAddress> CarriedAddresses::of(const WideAddress& address) const {
  static const AddressPrefix k6to4 = prefix("2002::/16");
  static const AddressPrefix kTeredo = prefix("2001::/32");
  std::vector<WideAddress> found;
  if (address.is_ipv4()) return found;
  if (ends_with_ipv4(address)) found.push_back(WideAddress::v4(last_word(address)));
  // RFC 3056, section 2: the 32 bits behind 2002::/16.
  if (k6to4.contains(address)) {
    found.push_back(WideAddress::v4(static_cast<std::uint32_t>(address.high >> 16)));
  }
  // RFC 4380, section 4: the server, and the client's address with each bit inverted.
  if (kTeredo.contains(address)) {
    found.push_back(WideAddress::v4(static_cast<std::uint32_t>(address.high)));
    found.push_back(WideAddress::v4(~last_word(address)));
  }
  for (const AddressPrefix& one : nat64_) {
    if (one.contains(address)) found.push_back(WideAddress::v4(translated(address, one.length())));
  }
  return found;
}

}  // namespace floe::gateway
