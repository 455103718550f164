// A range of ports, "32768-49151".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace floe::gateway {

struct PortRange {
  /// "FIRST-LAST" or one port, from 1 to 65535; nothing for any other text.
  static std::optional<PortRange> parse(std::string_view text);

  bool contains(std::uint16_t port) const { return first <= port && port <= last; }
  bool meets(const PortRange& other) const { return first <= other.last && other.first <= last; }
  unsigned size() const { return last - first + 1u; }
  std::string to_text() const;

  std::uint16_t first = 1;
  std::uint16_t last = 65535;
};

}  // namespace floe::gateway
