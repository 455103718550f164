// `floe turn URI`: tests a TURN server step by step, and tells how long each step took.
#pragma once

#include "relay_leg.h"

namespace floe::cli {

class AnswerLines;

struct TurnOptions {
  ServerOptions server;
  stun::LongTermCredentials credentials;
};

void declare(CLI::App& app, TurnOptions& options);

/// Makes two allocations and lets them talk to each other: through Send indications first, then
/// through channels, as an agent would.
class TurnCommand {
 public:
  explicit TurnCommand(const TurnOptions& options);

  /// The exit status: 0 when datagrams came back through the relay.
  int run();

 private:
  bool allocate();
  /// The shortest round trip; empty: nothing came back.
  std::optional<Duration> echo(bool with_channels);
  template <class Done>
  bool wait_until(Done done, Duration patience);
  int report(std::optional<Duration> by_indication, std::optional<Duration> by_channel);
  int fail(const std::string& text);
  std::string hint(const RelayLeg& leg) const;

  TurnOptions options_;
  native::SystemHost host_;
  ServerAccess access_;
  RelayLeg near_;
  RelayLeg far_;
};

}  // namespace floe::cli
