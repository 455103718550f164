#include "floe/turn_server/address_hash.h"

namespace floe::turn {
namespace {

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 29;
}

std::uint64_t load(Bytes bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8 && i < bytes.size(); ++i) word = word << 8 | bytes[i];
  return word;
}

std::uint64_t add(std::uint64_t hash, const TransportAddress& address) {
  const Bytes ip = address.ip.bytes();
  hash = mix(hash, load(ip));
  if (ip.size() > 8) hash = mix(hash, load(ip.subspan(8)));
  return mix(hash, address.port);
}

// Tables use the low bits first, but the high bits are mixed best.
std::size_t finish(std::uint64_t hash) {
  return static_cast<std::size_t>(hash ^ hash >> 32);
}

}  // namespace

std::size_t AddressHash::operator()(const TransportAddress& address) const {
  return finish(add(key_, address));
}

std::size_t AddressHash::operator()(const ClientPath& path) const {
  const std::uint64_t hash = add(add(key_, path.client), path.local);
  return finish(mix(hash, static_cast<std::uint64_t>(path.transport)));
}

}  // namespace floe::turn
