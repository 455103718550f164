// The counters of a session; each number has one cause.
#pragma once

#include <cstdint>

namespace floe::signal {

struct SessionCounters {
  std::uint64_t candidates_added = 0;
  std::uint64_t candidates_duplicate = 0;
  std::uint64_t candidates_refused = 0;      ///< by the agent: a limit, port 0, another component
  std::uint64_t candidates_bad = 0;          ///< each is also a SessionError
  std::uint64_t host_names_ignored = 0;      ///< not resolved: it was not asked for, or in vain
  std::uint64_t host_names_resolved = 0;     ///< candidates of these are counted as others, too
  std::uint64_t transports_ignored = 0;      ///< TCP and others
  std::uint64_t peer_reflexive_ignored = 0;  ///< must not be signalled
  std::uint64_t held = 0;                    ///< came before the description they belong to
  std::uint64_t held_evicted = 0;            ///< dropped to make room for newer ones
  std::uint64_t dropped_old = 0;             ///< of a generation the peer has left
  std::uint64_t removals = 0;                ///< of candidates that the peer took back
  std::uint64_t removals_ignored = 0;        ///< of candidates that are not known
  std::uint64_t descriptions_repeated = 0;
  std::uint64_t restarts_answered = 0;
  std::uint64_t restart_requests_ignored = 0;  ///< a restart was under way
  std::uint64_t ignored_after_bye = 0;
  std::uint64_t outgoing_dropped = 0;  ///< kOutgoingMessagesMax messages waited to be polled
  std::uint64_t errors_dropped = 0;    ///< kErrorsKept errors waited to be polled
  std::uint64_t skips_dropped = 0;     ///< kSkippedKept reports waited to be polled
};

}  // namespace floe::signal
