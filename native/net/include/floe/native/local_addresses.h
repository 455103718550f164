// All addresses of this machine: a datagram that is sent to one of them never leaves it.
#pragma once

#include <optional>
#include <vector>

#include "floe/native/deferred.h"
#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"
#include "floe/types/address.h"

namespace floe::native {

class LocalAddressesListener {
 public:
  virtual void on_local_addresses_changed() = 0;

 protected:
  ~LocalAddressesListener() = default;
};

/// Those of every interface, whether it is up or down, loopback and link-local ones included, and
/// read again whenever the kernel announces a change; a sandbox may forbid it to, then the list
/// stays as it is. Interfaces has those that sockets for ICE are
/// bound to.
class LocalAddresses final : private WatchListener, private DeferredListener {
 public:
  /// `loop` and `listener` must outlive it.
  LocalAddresses(Loop& loop, LocalAddressesListener& listener);
  ~LocalAddresses();

  /// Without zones and in no order.
  const std::vector<IpAddress>& all() const { return all_; }

 private:
  void on_ready(Readiness readiness) override;
  void on_deferred() override;

  LocalAddressesListener& listener_;
  UniqueFd announcements_;
  std::optional<Watch> watch_;
  Deferred reread_;
  std::vector<IpAddress> all_;
};

}  // namespace floe::native
