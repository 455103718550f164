// A host that a probe runs on: it waits where a program with other work would come back later.
#pragma once

#include <optional>
#include <string_view>

#include "floe/api/host.h"

namespace floe::probes {

/// Where a probe writes its answer, for people or as JSON.
class Console {
 public:
  virtual ~Console() = default;
  virtual void print(std::string_view text) = 0;
  virtual void print_error(std::string_view text) = 0;
};

class BlockingHost {
 public:
  virtual ~BlockingHost() = default;
  virtual Host api() = 0;
  virtual Console& console() = 0;
  /// Lets the host work until `deadline`, or until something has happened. kNever is allowed.
  virtual void wait(Timestamp deadline) = 0;
  /// The address from which the system would send to `remote`; empty: no route leads there.
  virtual std::optional<IpAddress> address_towards(const TransportAddress& remote) = 0;

  Timestamp now() { return api().clock.now(); }
};

}  // namespace floe::probes
