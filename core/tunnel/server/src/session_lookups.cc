#include "floe/tunnel/server/session_lookups.h"

#include <algorithm>

#include "refusal.h"

namespace floe::tunnel {

void SessionLookups::handle(Timestamp now, const Resolve& resolve) {
  if (std::ranges::find(open_, resolve.lookup) != open_.end()) {
    return refuse(sender_, ErrorCode::id_in_use, resolve);
  }
  if (!may_begin(now)) return refuse(sender_, ErrorCode::limit, resolve);
  open_.push_back(resolve.lookup);
  host_.resolve(resolve.lookup, resolve.family, resolve.name);
}

bool SessionLookups::may_begin(Timestamp now) {
  if (now - second_began_ >= 1s) {
    second_began_ = now;
    begun_ = 0;
  }
  if (open_.size() == kMaxLookups || begun_ == per_second_) return false;
  ++begun_;
  return true;
}

void SessionLookups::handle_resolved(LookupId lookup, LookupStatus status,
                                     std::span<const IpAddress> addresses) {
  if (std::erase(open_, lookup) == 0) return;
  ByteVector storage;
  sender_.control(Resolved{lookup, status, ResolvedAddresses::encode(addresses, storage)});
}

}  // namespace floe::tunnel
