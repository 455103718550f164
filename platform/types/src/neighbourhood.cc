#include "floe/types/neighbourhood.h"

#include <algorithm>
#include <array>

namespace floe {

IpAddress neighbourhood_of(const IpAddress& ip) {
  std::array<std::uint8_t, 16> bytes{};
  const Bytes all = ip.bytes();
  std::ranges::copy(all.first(ip.is_ipv4() ? 3 : 6), bytes.begin());
  return *IpAddress::from_bytes({bytes.data(), all.size()});
}

}  // namespace floe
