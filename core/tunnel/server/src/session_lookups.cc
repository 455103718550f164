#include "floe/tunnel/server/session_lookups.h"

#include <algorithm>

#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

SessionLookups::OpenResult SessionLookups::open(Timestamp now, LookupId id,
                                                std::uint16_t per_second) {
  if (std::ranges::find(open_, id) != open_.end()) return OpenResult::id_in_use;
  if (now - second_began_ >= 1s) {
    second_began_ = now;
    begun_ = 0;
  }
  if (open_.size() == kMaxLookups || begun_ == per_second) return OpenResult::limit;
  ++begun_;
  open_.push_back(id);
  return OpenResult::opened;
}

bool SessionLookups::close(LookupId id) {
  return std::erase(open_, id) != 0;
}

}  // namespace floe::tunnel
