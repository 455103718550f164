#include "wide_address.h"

namespace floe::gateway {
namespace {

std::uint64_t number_of(Bytes network_order) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : network_order) value = value << 8 | byte;
  return value;
}

}  // namespace

WideAddress::WideAddress(const IpAddress& ip) {
  const Bytes bytes = ip.bytes();
  if (ip.is_ipv4()) {
    *this = v4(static_cast<std::uint32_t>(number_of(bytes)));
  } else {
    high = number_of(bytes.first(8));
    low = number_of(bytes.subspan(8));
  }
}

IpAddress WideAddress::to_ip() const {
  std::array<std::uint8_t, 16> bytes;
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  }
  return *IpAddress::from_bytes(is_ipv4() ? Bytes(bytes).subspan(12) : Bytes(bytes));
}

}  // namespace floe::gateway
