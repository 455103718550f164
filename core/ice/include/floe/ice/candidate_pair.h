// A local and a remote candidate, and the state of the path between them (RFC 8445, section 6.1.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/ice/candidate.h"
#include "floe/ice/pacer.h"
#include "floe/ice/pair_nomination.h"
#include "floe/ice/pair_statistics.h"
#include "floe/types/strong_id.h"

namespace floe::ice {

/// Candidates and pairs are named by their place in their list; none is erased within a generation.
using LocalIndex = StrongId<struct LocalIndexTag, std::uint16_t>;
using RemoteIndex = StrongId<struct RemoteIndexTag, std::uint16_t>;
using PairIndex = StrongId<struct PairIndexTag, std::uint16_t>;

/// RFC 8445, section 6.1.2.6. CheckList makes the transitions, and draws them.
enum class PairState : std::uint8_t {
  frozen,       ///< waits for another pair of its foundation
  waiting,      ///< to be checked when its turn comes
  in_progress,  ///< a check was sent and neither answered nor given up
  succeeded,
  failed,   ///< stays in the list: a triggered check brings it back to waiting
  removed,  ///< given up: see PairFailure (section 8.1.2)
};

std::string_view to_text(PairState state);

/// Why a pair is in the state failed or removed, for explanations and statistics.
enum class PairFailure : std::uint8_t {
  none,
  timed_out,          ///< no answer to any of its checks
  refused,            ///< an error response other than 487; CandidatePair::error_code has it
  asymmetric,         ///< the answer came from or to another address (section 7.2.5.2.1)
  silent,             ///< it worked, and then its peer did not answer for 30 s (RFC 7675)
  socket_gone,        ///< the local socket was closed
  candidate_removed,  ///< the peer took its candidate back
  not_needed,         ///< another pair was nominated first
  relay_gone,         ///< the relay lost its allocation, or it was released
  relay_refused,      ///< the relay lets nothing through to the peer; error_code says why
};

std::string_view to_text(PairFailure failure);

struct CandidatePair {
  LocalIndex local;  ///< a base: checks are sent from its address
  RemoteIndex remote;
  StreamComponent component = 1;
  PairState state = PairState::frozen;
  PairFailure failure = PairFailure::none;
  std::uint16_t error_code = 0;
  /// An authenticated message has arrived on its five-tuple.
  bool heard = false;
  /// The number of its checks that were answered with 487. After more than kUnpacedConflictsMax the
  /// pair must wait for slots; otherwise a peer that always answers 487 would be asked without end.
  std::uint8_t conflicts = 0;
  /// Transactions begun since the pair last became due for a check.
  std::uint8_t attempts = 0;
  std::uint64_t priority = 0;

  PairNomination nomination;
  /// Succeeded: the local candidate of the valid pair, which differs from `local` when a NAT
  /// mapped it (section 7.2.5.3.2).
  std::optional<LocalIndex> valid_local;

  UnpacedAllowance unpaced;
  Timestamp last_check_at{};
  /// The time of the latest authenticated success response: it is the peer's consent to send data
  /// (RFC 7675, section 5.1).
  Timestamp last_response_at{};
  PairStatistics statistics;

  bool is_valid() const { return valid_local.has_value(); }
  /// A check of it may still succeed.
  bool is_pending() const {
    return state == PairState::frozen || state == PairState::waiting ||
           state == PairState::in_progress;
  }
  /// A check is under way whose answer would change something.
  bool awaits_answer() const { return state == PairState::in_progress || nomination.is_pending(); }
};

}  // namespace floe::ice
