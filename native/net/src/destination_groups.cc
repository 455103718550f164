#include "destination_groups.h"

namespace floe::native {
namespace {

// With 64 datagrams at most, the worst that chosen addresses can do is little.
std::size_t hash_of(const TransportAddress& address) {
  const Bytes ip = address.ip.bytes();
  std::uint32_t hash = address.port;
  for (std::size_t i = ip.size() - 4; i < ip.size(); ++i) hash = hash * 31 + ip[i];
  return hash ^ hash >> 7;
}

}  // namespace

void DestinationGroups::add(const TransportAddress& to) {
  const auto number = static_cast<Number>(size_++);
  next_[number] = kNone;
  const Number group = group_of(to);
  if (group == groups_) {
    ++groups_;
    destinations_[group] = to;
    first_[group] = number;
  } else {
    next_[last_[group]] = number;
  }
  last_[group] = number;
  last_group_ = group;
}

DestinationGroups::Number DestinationGroups::group_of(const TransportAddress& to) {
  if (groups_ != 0 && destinations_[last_group_] == to) return last_group_;
  std::size_t slot = hash_of(to) % kSlots;
  while (slots_[slot] != 0 && destinations_[slots_[slot] - 1u] != to) slot = (slot + 1) % kSlots;
  if (slots_[slot] == 0) slots_[slot] = static_cast<Number>(groups_ + 1);
  return static_cast<Number>(slots_[slot] - 1);
}

}  // namespace floe::native
