// The part of ServerSession about names.
#include "floe/tunnel/server/server_session.h"

namespace floe::tunnel {

void ServerSession::take(Timestamp now, const Resolve& resolve) {
  switch (lookups_.open(now, resolve.lookup, limits_.lookups_per_second)) {
    case SessionLookups::OpenResult::opened:
      return host_.resolve(resolve.lookup, resolve.family, resolve.name);
    case SessionLookups::OpenResult::id_in_use:
      return refuse(ErrorCode::id_in_use, resolve);
    case SessionLookups::OpenResult::limit:
      return refuse(ErrorCode::limit, resolve);
  }
}

void ServerSession::on_resolved(LookupId lookup, LookupStatus status,
                                std::span<const IpAddress> addresses) {
  if (is_closed() || !lookups_.close(lookup)) return;
  ByteVector storage;
  Resolved resolved;
  resolved.lookup = lookup;
  resolved.status = status;
  resolved.addresses = ResolvedAddresses::encode(addresses, storage);
  sender_.control(resolved);
}

}  // namespace floe::tunnel
