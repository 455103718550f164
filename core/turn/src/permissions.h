// The permissions of an allocation: the IP addresses of peers that the server lets through, and the
// addresses that are still to be requested (RFC 8656, section 9).
//
//   wanted --asked, granted--> granted --240 s--> asked again
//      |                          '---300 s unrefreshed--> wanted
//      '----403, or failed kPermissionTriesMax times--> refused, and not asked again
//
// Sends nothing: PeerAccess takes next_due() and passes the server's answers on. A permission is
// for all ports of an address. Peers that are wanted no more are forgotten when others need room.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "floe/types/address.h"
#include "floe/types/list.h"
#include "floe/types/time.h"

namespace floe::turn {

/// Section 9: "The Permission Lifetime MUST be 300 seconds (= 5 minutes)."
inline constexpr Duration kPermissionLifetime = std::chrono::seconds(300);
/// A permission is requested again after this time, so that time is left for all retransmissions of
/// the request.
inline constexpr Duration kPermissionRefresh = std::chrono::seconds(240);
/// Peers of one allocation that are wanted at once; further peers get no permission.
inline constexpr std::size_t kPermissionsMax = 64;
/// Failed requests for one peer in succession after which it is refused, if the errors do not
/// concern the peer itself.
inline constexpr std::uint8_t kPermissionTriesMax = 3;
inline constexpr Duration kRetryAfter = std::chrono::seconds(2);

class Permissions {
 public:
  /// Sets the peers whose permissions are requested and kept; others are left to expire. Returns
  /// the number of peers that kPermissionsMax left out.
  std::size_t set_wanted(std::span<const IpAddress> peers);
  /// An address to request a permission for now; it is not given again before granted(), refused()
  /// or failed() is called.
  std::optional<IpAddress> next_due(Timestamp now);
  Timestamp deadline() const;

  void granted(Timestamp now, const IpAddress& peer);
  void refused(const IpAddress& peer);
  /// True: that was the last try, and the peer is refused.
  bool failed(Timestamp now, const IpAddress& peer);
  /// Another request is under way that grants the permission, too.
  void postpone(const IpAddress& peer, Timestamp until);

  bool has(Timestamp now, const IpAddress& peer) const;
  bool is_refused(const IpAddress& peer) const;
  /// Wanted, and neither granted nor refused yet.
  bool is_coming(Timestamp now, const IpAddress& peer) const;

 private:
  struct Entry {
    IpAddress peer;
    bool is_wanted = true;
    bool is_refused = false;
    std::uint8_t failures = 0;
    Timestamp expires_at = Timestamp::min();  ///< in the past: there is none
    Timestamp due_at = Timestamp::min();      ///< kNever: asked, or not to be asked
  };
  Entry* find(const IpAddress& peer);
  const Entry* find(const IpAddress& peer) const;
  bool want(const IpAddress& peer);

  List<Entry> entries_;
};

}  // namespace floe::turn
