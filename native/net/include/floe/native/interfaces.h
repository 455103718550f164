// The addresses of this machine's network interfaces.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/api/network_monitor.h"
#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"

namespace floe::native {

/// Reads the addresses with getifaddrs, and again whenever the kernel announces a change of an
/// address, link or route (rtnetlink); listeners hear only of changes to the list that they would
/// see.
///
/// Without a list from the user, these are the addresses of interfaces that are up, except
/// loopback, link-local and multicast ones, and IPv6 ones that are deprecated, not yet known to be
/// unique, or stable beside a temporary one. Those by which the outside is reached come first,
/// those of interfaces without a default route last (bridges, for example). With a list, they are
/// exactly the addresses of the list, in its order, even if no interface has them: loopback,
/// link-local and wildcard addresses are used only when the list names them. Addresses of
/// point-to-point links count as tunnels.
class Interfaces final : public NetworkMonitor, private WatchListener, private DeferredListener {
 public:
  /// `loop` must outlive it.
  explicit Interfaces(Loop& loop, std::vector<IpAddress> only = {});
  ~Interfaces();

  std::optional<std::vector<InterfaceAddress>> addresses() const override { return addresses_; }
  std::optional<IpAddress> loopback() const override {
    return only_.empty() ? std::optional(IpAddress::loopback(Family::ipv4)) : std::nullopt;
  }
  void add_listener(NetworkListener& listener) override;
  void remove_listener(NetworkListener& listener) override;

 private:
  void on_ready(Readiness readiness) override;
  void on_deferred() override;
  std::vector<InterfaceAddress> read_addresses() const;

  std::vector<IpAddress> only_;
  std::vector<InterfaceAddress> addresses_;
  bool is_telling_ = false;
  std::vector<NetworkListener*> listeners_;  // null: removed during a notification
  UniqueFd netlink_;
  std::optional<Watch> watch_;
  Deferred reread_;
};

}  // namespace floe::native
