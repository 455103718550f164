#include "address_class.h"

#include <algorithm>
#include <vector>

namespace floe::gateway {
namespace {

struct Range {
  IpAddress start;
  unsigned bits;
  AddressClass address_class;
};

// Parsed once, because the policy looks up the address of every datagram.
const std::vector<Range>& ipv4_ranges() {
  static const std::vector<Range> ranges{
      {*IpAddress::parse("0.0.0.0"), 8, AddressClass::special},
      {*IpAddress::parse("10.0.0.0"), 8, AddressClass::special},
      {*IpAddress::parse("100.64.0.0"), 10, AddressClass::special},  // shared address space
      {*IpAddress::parse("127.0.0.0"), 8, AddressClass::loopback},
      {*IpAddress::parse("168.63.129.16"), 32, AddressClass::special},  // a cloud's own services
      {*IpAddress::parse("169.254.0.0"), 16, AddressClass::special},
      {*IpAddress::parse("172.16.0.0"), 12, AddressClass::special},
      {*IpAddress::parse("192.0.0.0"), 24, AddressClass::special},
      {*IpAddress::parse("192.0.2.0"), 24, AddressClass::special},
      {*IpAddress::parse("192.88.99.0"), 24, AddressClass::special},
      {*IpAddress::parse("192.168.0.0"), 16, AddressClass::special},
      {*IpAddress::parse("198.18.0.0"), 15, AddressClass::special},
      {*IpAddress::parse("198.51.100.0"), 24, AddressClass::special},
      {*IpAddress::parse("203.0.113.0"), 24, AddressClass::special},
      {*IpAddress::parse("224.0.0.0"), 4, AddressClass::special},
      {*IpAddress::parse("240.0.0.0"), 4, AddressClass::special},
  };
  return ranges;
}

const std::vector<Range>& ipv6_ranges() {
  static const std::vector<Range> ranges{
      {*IpAddress::parse("::1"), 128, AddressClass::loopback},
      {*IpAddress::parse("::"), 96,
       AddressClass::special},  // unspecified; compatible addresses are unwrapped before
      {*IpAddress::parse("64:ff9b:1::"), 48, AddressClass::special},  // local-use NAT64
      {*IpAddress::parse("100::"), 64, AddressClass::special},        // discard
      {*IpAddress::parse("2001::"), 23,
       AddressClass::special},  // protocol assignments, Teredo among them
      {*IpAddress::parse("2001:db8::"), 32, AddressClass::special},
      {*IpAddress::parse("2002::"), 16, AddressClass::special},  // 6to4
      {*IpAddress::parse("3fff::"), 20, AddressClass::special},
      {*IpAddress::parse("5f00::"), 16, AddressClass::special},
      {*IpAddress::parse("fc00::"), 7, AddressClass::special},
      {*IpAddress::parse("fe80::"), 10, AddressClass::special},
      {*IpAddress::parse("fec0::"), 10, AddressClass::special},
      {*IpAddress::parse("ff00::"), 8, AddressClass::special},
  };
  return ranges;
}

bool has_prefix(Bytes address, Bytes prefix, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.begin())) {
    return false;
  }
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - bits % 8));
  return (address[whole] & mask) == (prefix[whole] & mask);
}

AddressClass look_up(const std::vector<Range>& ranges, const IpAddress& ip) {
  // The order does not matter: where ranges overlap, both have the same class.
  for (const Range& range : ranges) {
    if (has_prefix(ip.bytes(), range.start.bytes(), range.bits)) return range.address_class;
  }
  return AddressClass::global;
}

bool is_in(const IpAddress& ip, const Range& range) {
  return has_prefix(ip.bytes(), range.start.bytes(), range.bits);
}

}  // namespace

IpAddress canonical(const IpAddress& ip) {
  if (ip.is_ipv4()) return ip;
  static const Range kCompatible{*IpAddress::parse("::"), 96, AddressClass::special};
  static const Range kNat64{*IpAddress::parse("64:ff9b::"), 96, AddressClass::special};
  const Bytes bytes = ip.bytes();
  const bool wraps_ipv4 = ip.is_v4_mapped() || is_in(ip, kNat64) ||
                          (is_in(ip, kCompatible) && !ip.is_any() && !ip.is_loopback());
  // ISATAP: an interface identifier of 0000:5efe or 0200:5efe, then the IPv4 address.
  const bool isatap =
      (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
  if (!wraps_ipv4 && !isatap) return ip;
  return *IpAddress::from_bytes(bytes.subspan(12));
}

AddressClass classify(const IpAddress& canonical_ip) {
  return canonical_ip.is_ipv4() ? look_up(ipv4_ranges(), canonical_ip)
                                : look_up(ipv6_ranges(), canonical_ip);
}

}  // namespace floe::gateway
