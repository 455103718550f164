// The addresses whose peers may send to one allocation (RFC 8656, section 9): "a permission ...
// consists of an IP address" and the time it lasts; ports do not count.
//
// Expired permissions are not removed by a timer: they are not found, and make room for others.
#pragma once

#include <span>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::turn {

/// Section 9: "The Permission Lifetime MUST be 300 seconds (= 5 minutes)."
inline constexpr Duration kPermissionLifetime = std::chrono::seconds(300);
/// The most permissions of one allocation at a time. An ICE agent asks for a permission for each of
/// its peer's addresses.
inline constexpr std::size_t kPermissionsMax = 256;

class PermissionTable {
 public:
  bool has(Timestamp now, const IpAddress& peer) const;
  /// Installs or refreshes all of them, or none when there is no room for all.
  bool install(Timestamp now, std::span<const IpAddress> peers);
  std::size_t size() const { return entries_.size(); }

 private:
  struct Permission {
    IpAddress peer;
    Timestamp expires;
  };

  Permission* find(const IpAddress& peer);

  std::vector<Permission> entries_;  // most have one or two, so linear search is enough
};

}  // namespace floe::turn
