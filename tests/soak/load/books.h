// What all clients have seen, added up. Checks of consent and their answers count as datagrams,
// too.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "floe/json/writer.h"
#include "floe/tunnel/client/client_stats.h"

namespace floe::soak {

/// By tunnel::DropReason, whose first number is 1.
using Drops = std::array<std::uint64_t, tunnel::kDropReasonCount>;
void add(Drops& sum, const tunnel::DropCounters& drops);
std::uint64_t total(const Drops& drops);

/// Milliseconds since the last look.
class Times {
 public:
  void add(Duration time);
  /// {"count", "p50", "p99", "max"}; begins anew.
  void write(json::Writer& out);

 private:
  std::vector<float> ms_;
};

/// Of one session, or of all that have ended.
struct Flow {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  Drops by_client{};
  Drops by_gateway{};

  void add(const Flow& other);
  /// Of these nobody knows yet.
  std::int64_t missing() const;
};

struct Books {
  Flow ended;
  std::int64_t ended_missing = 0;  ///< had no answer when their session ended
  std::uint64_t wrong = 0;         ///< datagrams of another client
  std::uint64_t stale = 0;         ///< of an earlier session of this client
  std::uint64_t damaged = 0;       ///< of nobody
  std::uint64_t opened = 0;        ///< sessions that got as far as a peer's consent
  std::uint64_t attempts = 0;
  std::map<std::string, std::uint64_t> ends;  ///< sessions by why they ended
  Times round_trips;
  Times openings;
};

void write(json::Writer& out, const Drops& drops);

}  // namespace floe::soak
