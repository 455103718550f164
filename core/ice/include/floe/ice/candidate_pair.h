// A local and a remote candidate, and what is known of the path between them (RFC 8445, 6.1.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/ice/candidate.h"
#include "floe/ice/pacer.h"
#include "floe/types/strong_id.h"

namespace floe::ice {

/// Candidates and pairs are named by their place in their list; none is erased within a generation.
using LocalIndex = StrongId<struct LocalIndexTag, std::uint16_t>;
using RemoteIndex = StrongId<struct RemoteIndexTag, std::uint16_t>;
using PairIndex = StrongId<struct PairIndexTag, std::uint16_t>;

/// RFC 8445, section 6.1.2.6.
enum class PairState : std::uint8_t {
  frozen,       ///< waits for another pair of its foundation
  waiting,      ///< to be checked when its turn comes
  in_progress,  ///< a check was sent and neither answered nor given up
  succeeded,
  failed,   ///< stays in the list: a triggered check brings it back to waiting
  removed,  ///< section 8.1.2: given up, because its component has a nominated pair
};

std::string_view to_text(PairState state);

struct CandidatePair {
  LocalIndex local;  ///< a base: checks are sent from its address
  RemoteIndex remote;
  Component component = 1;
  PairState state = PairState::frozen;
  std::uint64_t priority = 0;

  /// Its five-tuple delivered an authenticated message.
  bool heard = false;
  /// Controlled side: the peer's USE-CANDIDATE came, maybe before our own check succeeded.
  bool use_candidate_received = false;
  /// Controlling side: checks with USE-CANDIDATE are on their way.
  bool nominating = false;
  bool nominated = false;
  /// Succeeded: the local candidate of the valid pair, which differs from `local` when a NAT
  /// mapped it (section 7.2.5.3.2).
  std::optional<LocalIndex> valid_local;

  UnpacedAllowance unpaced;
  /// Its checks that were answered with 487: more than kUnpacedConflictsMax and it has to wait for
  /// slots, since somebody who answers nothing else would be asked without end.
  std::uint8_t conflicts = 0;
  /// Transactions begun since the pair last had a reason of its own to be checked.
  std::uint8_t attempts = 0;
  Timestamp last_check_at{};

  bool is_valid() const { return valid_local.has_value(); }
  /// A check of it may still succeed.
  bool is_pending() const {
    return state == PairState::frozen || state == PairState::waiting ||
           state == PairState::in_progress;
  }
  /// A check is under way whose answer would change something.
  bool awaits_answer() const { return state == PairState::in_progress || nominating; }
};

}  // namespace floe::ice
