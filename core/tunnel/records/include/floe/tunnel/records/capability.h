// What an end of the tunnel can do beyond sockets and peers; agreed on in HELLO and WELCOME.
#pragma once

#include <cstdint>

namespace floe::tunnel {

enum class Capability : std::uint32_t {
  resolve = 1u << 0,      ///< RESOLVE, RESOLVED
  tcp = 1u << 1,          ///< TCP_OPEN and its family
  time_stamps = 1u << 2,  ///< a stamp on datagrams, and SENT
  alarms = 1u << 3,       ///< ALARM, ALARM_FIRED
};

/// A set of capabilities. Bits that this version does not know are kept. The intersection with the
/// other end's set is the set that both agree on.
class Capabilities {
 public:
  constexpr Capabilities() = default;
  constexpr explicit Capabilities(std::uint32_t bits) : bits_(bits) {}

  constexpr bool has(Capability one) const {
    return (bits_ & static_cast<std::uint32_t>(one)) != 0;
  }
  constexpr Capabilities with(Capability one) const {
    return Capabilities{bits_ | static_cast<std::uint32_t>(one)};
  }
  constexpr Capabilities common(Capabilities other) const {
    return Capabilities{bits_ & other.bits_};
  }
  constexpr std::uint32_t bits() const { return bits_; }

  bool operator==(const Capabilities&) const = default;

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace floe::tunnel
