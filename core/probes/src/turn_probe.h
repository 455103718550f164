// Two allocations on a server that talk to each other.
#pragma once

#include "floe/probes/turn.h"
#include "relay_leg.h"

namespace floe::probes {

class TurnProbe {
 public:
  /// `host` must outlive it.
  TurnProbe(BlockingHost& host, const TurnOptions& options);

  TurnAnswer run();

 private:
  bool allocate();
  /// The shortest round trip; empty: nothing came back.
  std::optional<Duration> echo(bool with_channels);
  template <class Done>
  bool wait_until(Done done, Duration patience);
  void report(std::optional<Duration> by_indication, std::optional<Duration> by_channel);
  std::string hint(const RelayLeg& leg) const;

  TurnOptions options_;
  BlockingHost& host_;
  ServerAccess access_;
  RelayLeg near_;
  RelayLeg far_;
  TurnAnswer answer_;
};

}  // namespace floe::probes
