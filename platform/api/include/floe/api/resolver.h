// A host may provide the lookup of a host name's addresses.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "floe/types/address.h"

namespace floe {

class ResolveListener {
 public:
  /// Once, and never from inside resolve(). `addresses` is empty when the lookup failed; `error`
  /// then says why, for people to read.
  virtual void on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) = 0;

 protected:
  ~ResolveListener() = default;
};

/// A lookup under way. Destroying it cancels the lookup.
class Resolution {
 public:
  virtual ~Resolution() = default;
};

class Resolver {
 public:
  virtual ~Resolver() = default;
  /// Answers within 5 seconds, in the order of RFC 6724 where the host knows it. A numeric IPv4
  /// address is its own answer; one of IPv6 is no name, and a driver does not ask for it.
  /// `listener` must outlive the resolution.
  virtual std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                              ResolveListener& listener) = 0;
};

}  // namespace floe
