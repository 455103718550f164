// A StunGatherer under test: a test is its host, its clock and its servers at once.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"
#include "ice/hand_driven_agent.h"
#include "stun_gatherer.h"

namespace floe::testing {

struct GatheringHost {
  MbedtlsCrypto crypto;
  sim::SeededRandom random{1};
  ice::AgentCore core{random, crypto, {}};
  ice::StunGatherer gatherer{core};
  Timestamp now{1h};
  bool was_ours = false;  ///< what the gatherer said of the latest answer

  /// Has `server` asked from `base`; the request.
  Sent ask(const TransportAddress& server, const TransportAddress& base);
  std::optional<ice::StunGatherer::Discovery> receive(const ByteVector& answer,
                                                      const TransportAddress& from,
                                                      const TransportAddress& to);
  void progress();
  /// Comes back at each deadline, and fails the test when one returns without progress.
  void run_until(Timestamp end);
  void run_for(Duration duration) { run_until(now + duration); }

  std::vector<Sent> take_sent() { return std::exchange(sent_, {}); }
  std::vector<ice::GatheringFailed> take_failures() { return std::exchange(failures_, {}); }

 private:
  void drain();

  std::vector<Sent> sent_;
  std::vector<ice::GatheringFailed> failures_;
};

}  // namespace floe::testing
