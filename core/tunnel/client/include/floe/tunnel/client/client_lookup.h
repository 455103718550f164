// A name that the gateway is asked for, as an application of the tunnel's client sees it.
//
// Made by Client::resolve(). Waits for WELCOME and for its turn, then for RESOLVED.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "floe/api/resolver.h"
#include "floe/tunnel/records/ids.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class ClientLookups;

class ClientLookup final : public Resolution {
 public:
  ClientLookup(ClientLookups& owner, std::string_view name, ResolveListener& listener)
      : owner_(&owner), name_(name), listener_(listener) {}
  ~ClientLookup() override;
  ClientLookup(const ClientLookup&) = delete;
  ClientLookup& operator=(const ClientLookup&) = delete;

  const std::string& name() const { return name_; }
  /// Of letters, digits, '-', '_' and '.' only: anything else would break the protocol.
  bool has_host_name() const;

  /// The last thing that its listener hears. After it the lookup may be gone.
  void answer(const std::vector<IpAddress>& addresses, std::string_view error) {
    listener_.on_resolved(addresses, error);
  }

 private:
  friend class ClientLookups;

  ClientLookups* owner_;  // null once it is answered
  std::string name_;
  ResolveListener& listener_;
  LookupId id_;  // 0 before RESOLVE
  Timestamp deadline_ = kNever;
};

}  // namespace floe::tunnel
