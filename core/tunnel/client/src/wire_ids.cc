#include "wire_ids.h"

#include <algorithm>

namespace floe::tunnel {

std::uint16_t WireIds::assign(std::uint32_t owner, std::size_t max) {
  const auto free = std::ranges::find(slots_, false, &Slot::in_use);
  const auto index = static_cast<std::size_t>(free - slots_.begin());
  if (index >= max) return 0;
  if (index == slots_.size()) slots_.push_back({});
  slots_[index] = {true, owner};
  return static_cast<std::uint16_t>(index + 1);
}

std::uint32_t WireIds::owner_of(std::uint16_t id) const {
  const Slot* slot = find(id);
  return slot == nullptr ? kNoOwner : slot->owner;
}

bool WireIds::is_in_use(std::uint16_t id) const {
  const Slot* slot = find(id);
  return slot != nullptr && slot->in_use;
}

void WireIds::disown(std::uint16_t id) {
  if (find(id) != nullptr) slots_[id - std::size_t{1}].owner = kNoOwner;
}

std::uint32_t WireIds::release(std::uint16_t id) {
  const std::uint32_t owner = owner_of(id);
  if (find(id) != nullptr) slots_[id - std::size_t{1}] = {};
  return owner;
}

const WireIds::Slot* WireIds::find(std::uint16_t id) const {
  return id == 0 || id > slots_.size() ? nullptr : &slots_[id - std::size_t{1}];
}

}  // namespace floe::tunnel
