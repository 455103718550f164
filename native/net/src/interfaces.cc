#include "floe/native/interfaces.h"

#include <algorithm>
#include <utility>

#include "announcements.h"
#include "host_addresses.h"
#include "ipv6_states.h"
#include "ways_out.h"

namespace floe::native {
namespace {

bool is_for_candidates(const HostAddress& found, const std::vector<IpAddress>& unfit) {
  const IpAddress& ip = found.address.ip;
  return std::ranges::find(unfit, ip) == unfit.end() && !found.is_loopback && !ip.is_link_local() &&
         !ip.is_multicast() && !ip.is_any() && !ip.is_v4_mapped();
}

bool same(const std::vector<InterfaceAddress>& a, const std::vector<InterfaceAddress>& b) {
  return std::ranges::equal(a, b, [](const InterfaceAddress& x, const InterfaceAddress& y) {
    return x.ip == y.ip && x.interface_name == y.interface_name && x.is_tunnel == y.is_tunnel;
  });
}

}  // namespace

Interfaces::Interfaces(Loop& loop, std::vector<IpAddress> only)
    : only_(std::move(only)),
      netlink_(open_announcements()),
      reread_(loop, Deferred::When::end_of_pass, *this) {
  addresses_ = read_addresses();
  if (!netlink_.is_open()) return;  // a sandbox may forbid it: then the list never changes
  watch_.emplace(loop, netlink_.get(), static_cast<WatchListener&>(*this));
  watch_->set_interest(true, false);
}

Interfaces::~Interfaces() = default;

void Interfaces::add_listener(NetworkListener& listener) {
  listeners_.push_back(&listener);
}

void Interfaces::remove_listener(NetworkListener& listener) {
  if (!is_telling_) {
    std::erase(listeners_, &listener);
    return;
  }
  std::replace(listeners_.begin(), listeners_.end(), &listener,
               static_cast<NetworkListener*>(nullptr));
}

std::vector<InterfaceAddress> Interfaces::read_addresses() const {
  std::vector<HostAddress> found = read_host_addresses();
  sort_by_use(found, ways_out());
  const std::vector<IpAddress> unfit = unfit_ipv6_addresses(read_ipv6_states());
  std::vector<InterfaceAddress> list;
  for (const HostAddress& one : found) {
    if (only_.empty() && is_for_candidates(one, unfit)) list.push_back(one.address);
  }
  for (const IpAddress& wanted : only_) {
    const auto match = std::ranges::find_if(found, [&](const HostAddress& one) {
      return std::ranges::equal(one.address.ip.bytes(), wanted.bytes()) &&
             (wanted.zone() == 0 || wanted.zone() == one.address.ip.zone());
    });
    list.push_back(match == found.end() ? InterfaceAddress{wanted, ""} : match->address);
  }
  return list;
}

void Interfaces::on_ready(Readiness) {
  discard_announcements(netlink_.get());
  reread_.request();  // once for all announcements of this pass
}

void Interfaces::on_deferred() {
  std::vector<InterfaceAddress> now = read_addresses();
  if (same(now, addresses_)) return;
  addresses_ = std::move(now);
  is_telling_ = true;
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    if (listeners_[i] != nullptr) listeners_[i]->on_network_changed();
  }
  is_telling_ = false;
  std::erase(listeners_, nullptr);
}

}  // namespace floe::native
