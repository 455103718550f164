#include "floe/mdns/name.h"

#include <algorithm>
#include <array>

#include "floe/mdns/limits.h"
#include "floe/types/letter_case.h"

namespace floe::mdns {
namespace {

constexpr std::uint8_t kPointerMark = 0xc0;  // RFC 1035, section 4.1.4: the two high bits

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

TransportAddress group_of(Family family) {
  if (family == Family::ipv4) return {IpAddress::v4(224, 0, 0, 251), kPort};
  constexpr std::array<std::uint8_t, 16> kGroup = {0xff, 0x02, 0, 0, 0, 0, 0, 0,
                                                   0,    0,    0, 0, 0, 0, 0, 0xfb};
  return {IpAddress::from_bytes(kGroup).value_or(IpAddress()), kPort};
}

/// False: the name would become too long, or the label is.
bool Name::append(Bytes label) {
  if (label.empty() || label.size() > kLabelSizeMax) return false;
  if (wire_.size() + 1 + label.size() > kNameSizeMax) return false;
  wire_.back() = static_cast<char>(label.size());
  for (const std::uint8_t byte : label) wire_ += lower(static_cast<char>(byte));
  wire_ += '\0';
  return true;
}

std::optional<Name> Name::parse(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  Name name;
  for (;;) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (!std::ranges::all_of(label, is_host_char) || !name.append(as_bytes(label))) {
      return std::nullopt;
    }
    if (dot == std::string_view::npos) return name;
    text.remove_prefix(dot + 1);
  }
}

std::optional<Name> Name::read(Bytes message, std::size_t& offset) {
  Name name;
  std::size_t place = offset;
  std::size_t pointers = 0;
  while (place < message.size()) {
    const std::uint8_t size = message[place];
    if ((size & kPointerMark) == kPointerMark) {
      if (place + 1 >= message.size() || pointers == kPointersMax) return std::nullopt;
      if (pointers++ == 0) offset = place + 2;
      const std::size_t target = std::size_t{size} % 64 * 256 + message[place + 1];
      // RFC 1035, section 4.1.4: a pointer is to "a prior occurance of the same name".
      if (target >= place) return std::nullopt;
      place = target;
    } else if (size == 0) {
      if (pointers == 0) offset = place + 1;
      return name;
    } else {
      // The other values of the two high bits are reserved; append() refuses such a size.
      if (place + 1 + size > message.size()) return std::nullopt;
      if (!name.append(message.subspan(place + 1, size))) return std::nullopt;
      place += std::size_t{1} + size;
    }
  }
  return std::nullopt;
}

bool Name::is_single_local() const {
  const std::size_t rest = std::size_t{1} + static_cast<std::uint8_t>(wire_.front());
  return rest > 1 && std::string_view(wire_).substr(rest) == std::string_view("\5local\0", 7);
}

std::string Name::text() const {
  std::string text;
  for (std::size_t place = 0; place + 1 < wire_.size();) {
    const auto size = static_cast<std::uint8_t>(wire_[place]);
    if (!text.empty()) text += '.';
    for (const char c : wire_.substr(place + 1, size)) text += is_host_char(c) ? c : '?';
    place += std::size_t{1} + size;
  }
  return text;
}

std::string make_local_name(std::span<const std::uint8_t, 16> random) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < random.size(); ++i) {
    std::uint8_t byte = random[i];
    if (i == 6) byte = static_cast<std::uint8_t>(byte % 16 + 0x40);  // the version, 4
    if (i == 8) byte = static_cast<std::uint8_t>(byte % 64 + 0x80);  // the variant
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[byte / 16];
    text += kDigits[byte % 16];
  }
  return text + ".local";
}

}  // namespace floe::mdns
