#include "name_cache.h"

#include "floe/types/letter_case.h"

namespace floe::gateway {
namespace {

std::string in_lower_case(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = lower(c);
  return text;
}

}  // namespace

const KnownName* NameCache::find(Timestamp now, std::string_view name) const {
  const std::string wanted = in_lower_case(name);
  for (const Entry& entry : entries_) {
    if (now < entry.until && entry.name == wanted) return &entry.found;
  }
  return nullptr;
}

void NameCache::keep(Timestamp now, std::string_view name, const KnownName& found) {
  if (found.addresses.empty() && !found.is_unknown) return;
  const Duration lasts = found.is_unknown ? kUnknownFor : kFoundFor;
  Entry entry{in_lower_case(name), found, now + lasts};
  if (entries_.size() < kNamesMax) {
    entries_.push_back(std::move(entry));
    return;
  }
  entries_[oldest_] = std::move(entry);
  oldest_ = (oldest_ + 1) % kNamesMax;
}

}  // namespace floe::gateway
