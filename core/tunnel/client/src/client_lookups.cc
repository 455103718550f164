#include "floe/tunnel/client/client_lookups.h"

#include <algorithm>

#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

ClientLookup::~ClientLookup() {
  if (owner_ != nullptr) owner_->forget(*this);
}

bool ClientLookup::has_host_name() const {
  return !name_.empty() && name_.size() <= kMaxNameSize && is_name_text(name_);
}

void ClientLookups::add_waiting(ClientLookup& lookup, Timestamp deadline) {
  lookup.deadline_ = deadline;
  waiting_.push_back(&lookup);
}

void ClientLookups::set_deadlines(Timestamp deadline) {
  for (ClientLookup* lookup : waiting_) lookup->deadline_ = deadline;
}

std::optional<LookupId> ClientLookups::assign_next() {
  const auto free = std::ranges::find(slots_, false, &Slot::in_use);
  if (free == slots_.end()) return std::nullopt;
  ClientLookup& lookup = next();
  waiting_.erase(waiting_.begin());
  lookup.id_ = LookupId{static_cast<std::uint16_t>(free - slots_.begin() + 1)};
  *free = {true, &lookup};
  return lookup.id_;
}

ClientLookup* ClientLookups::take_next() {
  return take(waiting_.empty() ? nullptr : waiting_.front());
}

ClientLookup* ClientLookups::release(LookupId id) {
  if (id == LookupId{} || id.value() > slots_.size()) return nullptr;
  Slot& slot = slots_[id.value() - std::size_t{1}];
  ClientLookup* lookup = take(slot.lookup);
  slot = {};
  return lookup;
}

ClientLookup* ClientLookups::take_late(Timestamp now) {
  return take(find([&](const ClientLookup& lookup) { return now >= lookup.deadline_; }));
}

ClientLookup* ClientLookups::take_any() {
  return take(find([](const ClientLookup&) { return true; }));
}

void ClientLookups::forget(ClientLookup& lookup) {
  (void)take(&lookup);
}

ClientLookup* ClientLookups::take(ClientLookup* lookup) {
  if (lookup == nullptr) return nullptr;
  lookup->owner_ = nullptr;
  if (lookup->id_ == LookupId{}) {
    waiting_.remove(lookup);
  } else {
    slots_[lookup->id_.value() - std::size_t{1}].lookup = nullptr;
  }
  return lookup;
}

template <class Predicate>
ClientLookup* ClientLookups::find(Predicate predicate) const {
  for (const Slot& slot : slots_) {
    if (slot.lookup != nullptr && predicate(*slot.lookup)) return slot.lookup;
  }
  const auto found =
      std::ranges::find_if(waiting_, [&](const ClientLookup* one) { return predicate(*one); });
  return found == waiting_.end() ? nullptr : *found;
}

std::size_t ClientLookups::size() const {
  const auto asked = std::ranges::count_if(slots_, [](const Slot& slot) { return slot.lookup; });
  return static_cast<std::size_t>(asked) + waiting_.size();
}

Timestamp ClientLookups::deadline() const {
  Timestamp earliest = kNever;
  for (const Slot& slot : slots_) {
    if (slot.lookup != nullptr) earliest = std::min(earliest, slot.lookup->deadline_);
  }
  for (const ClientLookup* lookup : waiting_) earliest = std::min(earliest, lookup->deadline_);
  return earliest;
}

}  // namespace floe::tunnel
