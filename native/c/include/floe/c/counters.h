// What an agent of the C API counts.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Counts since the agent was created. New members will come at the end.
typedef struct floe_counters {
  size_t size;  ///< sizeof(floe_counters), set by the caller; a smaller one gets what fits
  uint64_t datagrams_sent;  ///< of any kind
  uint64_t datagrams_received;
  uint64_t bytes_sent;
  uint64_t bytes_received;
  uint64_t data_sent;  ///< datagrams of the application
  uint64_t data_received;
  uint64_t data_from_strangers;  ///< dropped: its sender is not a verified end of a path
  uint64_t checks_sent;          ///< connectivity checks, without retransmissions
  uint64_t checks_received;
  uint64_t malformed_messages;        ///< STUN that cannot be parsed
  uint64_t unauthenticated_messages;  ///< STUN without proof of the password
  uint64_t signals_received;          ///< FLOE_INPUT_SIGNAL
  uint64_t signals_bad;               ///< each is also an error output, unless errors_dropped
  uint64_t signals_of_unknown_type;   ///< of a later version of the protocol; ignored
  uint64_t candidates_ignored;        ///< the peer's: host names, TCP, and any beyond a limit
  uint64_t errors_dropped;            ///< error outputs that were not polled in time
  uint64_t not_sent_queue_full;       ///< datagrams of any kind, not sent: a queue was full
  uint64_t not_sent_too_big;          ///< longer than the path carries
  uint64_t not_sent_refused;          ///< no route, denied by a firewall, a relay that is gone
} floe_counters;

#ifdef __cplusplus
}  // extern "C"
#endif
