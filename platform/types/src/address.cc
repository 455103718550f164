#include "floe/types/address.h"

#include <algorithm>

#include "floe/types/decimal.h"

namespace floe {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";
constexpr std::size_t kNetworkBytesIpv4 = 3;
constexpr std::size_t kNetworkBytesIpv6 = 6;

/// A decimal number from 0 to `max`, no sign and no leading zero.
std::optional<std::uint64_t> parse_canonical(std::string_view text, std::uint64_t max) {
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  return parse_decimal(text, max);
}

bool parse_v4(std::string_view text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    const auto dot = text.find('.');
    if ((i < 3) != (dot != std::string_view::npos)) return false;
    const auto octet = parse_canonical(text.substr(0, dot), 255);
    if (!octet) return false;
    out[i] = static_cast<std::uint8_t>(*octet);
    if (i < 3) text.remove_prefix(dot + 1);
  }
  return true;
}

std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const char letter = static_cast<char>(c | 0x20);
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (letter < 'a' || letter > 'f')) return std::nullopt;
    value = value << 4 | static_cast<unsigned>(is_digit ? c - '0' : letter - 'a' + 10);
  }
  return static_cast<std::uint16_t>(value);
}

/// The groups on one side of "::", at most 16 bytes; the last may be a dotted IPv4 address.
std::optional<std::size_t> parse_groups(std::string_view text, bool may_end_in_v4,
                                        std::array<std::uint8_t, 16>& out) {
  std::size_t size = 0;
  while (!text.empty()) {
    const auto colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    if (last && may_end_in_v4 && group.find('.') != std::string_view::npos) {
      if (size > 12 || !parse_v4(group, out.data() + size)) return std::nullopt;
      return size + 4;
    }
    const auto value = parse_group(group);
    if (!value || size > 14) return std::nullopt;
    out[size++] = static_cast<std::uint8_t>(*value >> 8);
    out[size++] = static_cast<std::uint8_t>(*value & 0xff);
    if (last) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;  // a single colon at the end
  }
  return size;
}

bool parse_v6(std::string_view text, std::array<std::uint8_t, 16>& out) {
  const auto gap = text.find("::");
  if (gap == std::string_view::npos) return parse_groups(text, true, out) == std::size_t{16};
  std::array<std::uint8_t, 16> tail{};
  const auto head_size = parse_groups(text.substr(0, gap), false, out);
  const auto tail_size = parse_groups(text.substr(gap + 2), true, tail);
  // RFC 4291, section 2.2: "::" stands for one or more groups of zeros.
  if (!head_size || !tail_size || *head_size + *tail_size > 14) return false;
  std::copy_n(tail.begin(), *tail_size, out.end() - static_cast<std::ptrdiff_t>(*tail_size));
  return true;
}

void append_hex(std::string& text, unsigned group) {
  bool started = false;
  for (int shift = 12; shift >= 0; shift -= 4) {
    const unsigned digit = (group >> shift) & 0xf;
    started = started || digit != 0 || shift == 0;
    if (started) text += kHexDigits[digit];
  }
}

std::string v4_text(Bytes bytes) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i != 0) text += '.';
    text += to_decimal(bytes[i]);
  }
  return text;
}

struct Run {
  int start = -1;
  int length = 1;  // RFC 5952, section 4.2.2: a single group of zeros is not shortened
};

Run longest_zero_run(const std::array<unsigned, 8>& groups) {
  Run best;
  for (int i = 0; i < 8;) {
    int end = i;
    while (end < 8 && groups[static_cast<std::size_t>(end)] == 0) ++end;
    if (end - i > best.length) best = {i, end - i};
    i = end + 1;
  }
  return best;
}

std::string v6_text(Bytes bytes) {
  std::array<unsigned, 8> groups;
  for (std::size_t i = 0; i < 8; ++i) groups[i] = bytes[2 * i] * 256u + bytes[2 * i + 1];
  const Run zeros = longest_zero_run(groups);
  std::string text;
  for (int i = 0; i < 8; ++i) {
    if (i == zeros.start) {
      text += "::";
      i += zeros.length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    append_hex(text, groups[static_cast<std::size_t>(i)]);
  }
  return text;
}

}  // namespace

std::optional<IpAddress> IpAddress::from_bytes(Bytes network_order, std::uint32_t zone) {
  if (network_order.size() != 4 && network_order.size() != 16) return std::nullopt;
  IpAddress ip;
  ip.family_ = network_order.size() == 4 ? Family::ipv4 : Family::ipv6;
  std::copy(network_order.begin(), network_order.end(), ip.bytes_.begin());
  ip.zone_ = ip.is_ipv4() ? 0 : zone;
  return ip;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  IpAddress ip;
  if (text.find(':') == std::string_view::npos) {
    if (!parse_v4(text, ip.bytes_.data())) return std::nullopt;
    return ip;
  }
  ip.family_ = Family::ipv6;
  if (!parse_v6(text, ip.bytes_)) return std::nullopt;
  return ip;
}

IpAddress IpAddress::any(Family family) {
  IpAddress ip;
  ip.family_ = family;
  return ip;
}

IpAddress IpAddress::loopback(Family family) {
  if (family == Family::ipv4) return v4(127, 0, 0, 1);
  IpAddress ip = any(family);
  ip.bytes_[15] = 1;
  return ip;
}

bool IpAddress::is_any() const {
  return std::ranges::all_of(bytes(), [](std::uint8_t byte) { return byte == 0; });
}

bool IpAddress::is_loopback() const {
  if (is_ipv4()) return bytes_[0] == 127;
  return bytes_ == loopback(Family::ipv6).bytes_;
}

bool IpAddress::is_link_local() const {
  if (is_ipv4()) return bytes_[0] == 169 && bytes_[1] == 254;
  return bytes_[0] == 0xfe && (bytes_[1] & 0xc0) == 0x80;
}

bool IpAddress::is_multicast() const {
  return is_ipv4() ? (bytes_[0] & 0xf0) == 0xe0 : bytes_[0] == 0xff;
}

bool IpAddress::is_v4_mapped() const {
  constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return !is_ipv4() && std::equal(prefix.begin(), prefix.end(), bytes_.begin());
}

std::string IpAddress::to_text() const {
  return is_ipv4() ? v4_text(bytes()) : v6_text(bytes());
}

IpAddress network_of(const IpAddress& ip) {
  std::array<std::uint8_t, 16> bytes{};
  const std::size_t kept = ip.is_ipv4() ? kNetworkBytesIpv4 : kNetworkBytesIpv6;
  std::ranges::copy(ip.bytes().first(kept), bytes.begin());
  return *IpAddress::from_bytes(Bytes(bytes).first(ip.bytes().size()));
}

std::string_view to_text(TransportProtocol protocol) {
  return protocol == TransportProtocol::udp ? "udp" : "tcp";
}

std::optional<TransportAddress> TransportAddress::parse(std::string_view text,
                                                        TransportProtocol protocol) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_canonical(text.substr(colon + 1), 65535);
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const auto ip = IpAddress::parse(host);
  if (!port || !ip || ip->is_ipv4() == bracketed) return std::nullopt;
  return TransportAddress{*ip, static_cast<std::uint16_t>(*port), protocol};
}

std::string TransportAddress::to_text() const {
  std::string text;
  if (!ip.is_ipv4()) text += '[';
  text += ip.to_text();
  if (!ip.is_ipv4()) text += ']';
  text += ':';
  text += to_decimal(port);
  return text;
}

}  // namespace floe
