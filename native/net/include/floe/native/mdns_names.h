// The names of the local networks of this machine, by multicast DNS (RFC 6762).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/local_names.h"
#include "floe/api/log.h"
#include "floe/api/network_monitor.h"
#include "floe/api/random.h"
#include "floe/mdns/resolver.h"
#include "floe/native/deferred.h"
#include "floe/native/loop.h"

namespace floe::native {

class MdnsLinkListener;
class MdnsLink;

/// Asks and answers on the interfaces whose addresses a monitor lists: on kLinksMax of them, where
/// IPv4 and IPv6 count each. There are sockets only while a name is being looked up, and from the
/// first name_of() on; that at the port 5353 is shared with the service of the system, if any.
///
/// Lookups end after at most 7 seconds. Names, once given, stay until this object is destroyed; of
/// more than mdns::kOwnNamesMax, those of addresses that are gone are forgotten.
class MdnsNames final : public LocalNames, private NetworkListener, private TimerListener {
 public:
  static constexpr std::size_t kLinksMax = 16;

  /// The objects must outlive this one. `interfaces`: only those of these names; empty: all.
  MdnsNames(Loop& loop, NetworkMonitor& network, RandomSource& random, LogSink& log,
            std::vector<std::string> interfaces = {});
  ~MdnsNames() override;
  MdnsNames(const MdnsNames&) = delete;
  MdnsNames& operator=(const MdnsNames&) = delete;

  std::unique_ptr<Resolution> resolve(std::string_view name, ResolveListener& listener) override;
  std::string name_of(const IpAddress& own) override;

  /// Of interfaces with sockets at present.
  std::size_t link_count() const { return links_.size(); }

 private:
  class Question;
  class Ear;
  struct Own {
    IpAddress address;
    std::string name;
  };

  void on_network_changed() override;
  void handle_timeout(Timestamp now) override;
  void hear(const mdns::Arrival& arrival, Bytes message);
  void deliver();
  void forget(Question& question);

  bool make_room(const std::vector<InterfaceAddress>& addresses);
  bool uses(const InterfaceAddress& address) const;
  const InterfaceAddress* find(const std::vector<InterfaceAddress>& addresses,
                               const IpAddress& own) const;
  void open_links();
  void open_link(const InterfaceAddress& address);
  MdnsLink* link_of(const InterfaceAddress& address);
  void flush();

  Loop& loop_;
  NetworkMonitor& network_;
  RandomSource& random_;
  LogSink& log_;
  std::vector<std::string> interfaces_;
  mdns::Resolver resolver_;
  std::unique_ptr<Timer> timer_;
  std::unique_ptr<Ear> ear_;
  std::vector<std::unique_ptr<MdnsLink>> links_;
  std::vector<Question*> questions_;
  std::vector<Own> own_;
  DeferredCall<MdnsNames, &MdnsNames::deliver> deliver_call_;
};

}  // namespace floe::native
