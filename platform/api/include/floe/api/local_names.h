// A host may provide the names of the local network (multicast DNS, RFC 6762).
//
// Agents use them to hide addresses: the address that a name stands for can be learned in the same
// network only. draft-ietf-mmusic-mdns-ice-candidates says how.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "floe/api/resolver.h"
#include "floe/types/address.h"

namespace floe {

class LocalNames {
 public:
  virtual ~LocalNames() = default;
  /// Looks up a name in the networks of this host and nowhere else. Answers within 8 seconds, with
  /// one address or an error, and never from inside this call. `listener` must outlive the
  /// resolution.
  virtual std::unique_ptr<Resolution> resolve(std::string_view name, ResolveListener& listener) = 0;
  /// The name that stands for an own address: random, and the same at each call while the host has
  /// the address. From the first call on, the host answers for it. Empty: it cannot.
  virtual std::string name_of(const IpAddress& own) = 0;
};

}  // namespace floe
