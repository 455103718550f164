// Finds the addresses of one server: they are in its URI, or the host's resolver is asked.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "floe/api/resolver.h"
#include "floe/driver/server.h"
#include "floe/types/address.h"
#include "floe/types/list.h"

namespace floe {

class ServerLookup;

class ServerLookupListener {
 public:
  /// Called once, maybe from inside start(). If there are no addresses, `lookup.error()` says why.
  virtual void on_server_looked_up(const ServerLookup& lookup) = 0;

 protected:
  ~ServerLookupListener() = default;
};

class ServerLookup final : private ResolveListener {
 public:
  /// `listener` must outlive the lookup.
  ServerLookup(Server server, ServerLookupListener& listener)
      : server_(std::move(server)), listener_(listener) {}

  /// `resolver` may be null and must outlive the lookup.
  void start(Resolver* resolver);
  /// Cancels the lookup: the listener is not called any more.
  void cancel() { resolution_.reset(); }

  const Server& server() const { return server_; }
  const ServerUri& uri() const { return server_.uri; }
  /// The first address of each family, with the server's port.
  const List<TransportAddress>& addresses() const { return addresses_; }
  std::string_view error() const { return error_; }
  bool has(const TransportAddress& address) const;

 private:
  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) override;

  Server server_;
  ServerLookupListener& listener_;
  List<TransportAddress> addresses_;
  std::string error_;
  std::unique_ptr<Resolution> resolution_;
};

}  // namespace floe
