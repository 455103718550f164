#include "floe/native/local_addresses.h"

#include <algorithm>
#include <utility>

#include "announcements.h"
#include "host_addresses.h"

namespace floe::native {
namespace {

std::vector<IpAddress> read_local_addresses() {
  std::vector<IpAddress> all;
  for (const HostAddress& one : read_host_addresses(InterfaceState::up_or_down)) {
    all.push_back(*IpAddress::from_bytes(one.address.ip.bytes()));
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace

LocalAddresses::LocalAddresses(Loop& loop, LocalAddressesListener& listener)
    : listener_(listener),
      announcements_(open_announcements()),
      reread_(loop, Deferred::When::end_of_pass, *this),
      all_(read_local_addresses()) {
  if (!announcements_.is_open()) return;
  watch_.emplace(loop, announcements_.get(), static_cast<WatchListener&>(*this));
  watch_->set_interest(true, false);
}

LocalAddresses::~LocalAddresses() = default;

void LocalAddresses::on_ready(Readiness) {
  discard_announcements(announcements_.get());
  reread_.request();
}

void LocalAddresses::on_deferred() {
  std::vector<IpAddress> now = read_local_addresses();
  if (now == all_) return;
  all_ = std::move(now);
  listener_.on_local_addresses_changed();
}

}  // namespace floe::native
