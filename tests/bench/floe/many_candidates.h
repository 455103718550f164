// An agent with many host candidates, without sockets, whose time passes when it is told to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/system_random.h"
#include "floe/peer/connection.h"

namespace floe::bench {

class ManyCandidates {
 public:
  /// `candidates`: 1 to ice::kLocalCandidatesMax, each on an address of 10.`network`.0.0.
  ManyCandidates(ice::Role role, std::uint8_t network, std::size_t candidates);

  /// The message that describes it, with all its candidates.
  std::string announce();
  void handle_message(std::string_view text);
  /// What it sends goes nowhere.
  void run_for(Duration span);

  const ice::Agent& agent() const { return connection_.agent(); }

 private:
  /// The first message among the outputs.
  std::optional<signal::Message> drain();

  native::SystemRandom random_;
  MbedtlsCrypto crypto_;
  Timestamp now_{1h};
  peer::Connection connection_;
};

}  // namespace floe::bench
