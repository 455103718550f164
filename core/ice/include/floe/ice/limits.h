// Everything that an agent holds has a limit, and this is where it has its name.
#pragma once

#include <cstddef>

namespace floe::ice {

/// Of one agent, over all components.
inline constexpr std::size_t kLocalCandidatesMax = 64;
/// Signalled and peer-reflexive ones together.
inline constexpr std::size_t kRemoteCandidatesMax = 64;
/// Of these: whoever shows up under ever new addresses must leave room for those it names.
inline constexpr std::size_t kPeerReflexiveCandidatesMax = 32;
/// RFC 8445, section 6.1.2.5: "a default limit of 100 candidate pairs"; the lowest are dropped.
inline constexpr std::size_t kPairsMax = 100;
/// Checks that arrived before the peer's description, remembered to be acted on afterwards.
inline constexpr std::size_t kEarlyChecksMax = 16;
/// Check transactions of one pair before it is given up: repeats in idle slots are transactions of
/// their own.
inline constexpr std::size_t kTransactionsPerPairMax = 7;
/// Triggered checks that wait for their turn.
inline constexpr std::size_t kTriggeredChecksMax = 100;

}  // namespace floe::ice
