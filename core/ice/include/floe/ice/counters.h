// The counters of an agent, for tests, statistics and diagnosis.
#pragma once

#include <cstdint>

#include "floe/ice/send_result.h"

namespace floe::ice {

/// Datagrams of any kind that did not leave, by reason.
struct NotSent {
  std::uint64_t queue_full = 0;  ///< of the host, or on the way to a relay
  std::uint64_t too_large = 0;
  std::uint64_t refused = 0;  ///< no route, denied by a firewall, a relay that is gone

  void add(SendResult why) {
    if (why == SendResult::queue_full) ++queue_full;
    if (why == SendResult::too_large) ++too_large;
    if (why == SendResult::refused) ++refused;
  }
};

/// What strangers may send without limit has 64 bits; what is paced has 32.
struct AgentCounters {
  std::uint64_t datagrams_sent = 0;  ///< of any kind; those in `not_sent` may be among them
  std::uint64_t datagrams_received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint32_t checks_sent = 0;           ///< first sends of connectivity checks
  std::uint32_t checks_resent = 0;         ///< retransmissions
  std::uint32_t check_responses_sent = 0;  ///< success and error responses
  std::uint32_t checks_received = 0;       ///< authenticated requests
  std::uint32_t check_responses_received = 0;
  std::uint32_t asymmetric_responses = 0;      ///< RFC 8445, section 7.2.5.2.1
  std::uint32_t role_conflicts = 0;            ///< 487 sent or received
  std::uint32_t selected_pair_changes = 0;     ///< the first selection counts, too
  std::uint64_t malformed_messages = 0;        ///< STUN that could not be parsed
  std::uint64_t unauthenticated_messages = 0;  ///< absent or wrong MESSAGE-INTEGRITY or USERNAME
  std::uint64_t unexpected_messages = 0;       ///< unmatched responses, indications, methods
  std::uint64_t data_sent = 0;                 ///< datagrams
  std::uint64_t data_received = 0;
  std::uint64_t data_from_strangers = 0;   ///< dropped: not from a checked path
  std::uint32_t checks_on_lost_paths = 0;  ///< not answered: consent was lost there (RFC 7675)
  std::uint32_t early_checks_dropped = 0;  ///< beyond kEarlyChecksMax
  std::uint32_t candidates_refused = 0;    ///< because of a limit
  NotSent not_sent;
};

}  // namespace floe::ice
