// The named limits of everything that an agent holds.
#pragma once

#include <cstddef>
#include <cstdint>

namespace floe::ice {

/// Data streams of one agent.
inline constexpr std::size_t kStreamsMax = 16;
/// Local candidates, over all streams and components.
inline constexpr std::size_t kLocalCandidatesMax = 64;
/// Remote candidates, signalled and peer-reflexive ones together.
inline constexpr std::size_t kRemoteCandidatesMax = 64;
/// The peer-reflexive part of kRemoteCandidatesMax: a peer that keeps changing its address must
/// leave room for the candidates that it signals.
inline constexpr std::size_t kPeerReflexiveCandidatesMax = 32;
/// RFC 8445, section 6.1.2.5: "The default limit of candidate pairs for the checklist set is 100,
/// but the value MUST be configurable." AgentConfig::pairs is the limit of an agent.
inline constexpr std::size_t kPairsMax = 100;
/// The most that AgentConfig::pairs may be.
inline constexpr std::size_t kPairsMost = 1000;
/// Checks that arrived before the peer's description and are remembered until it comes.
inline constexpr std::size_t kEarlyChecksMax = 16;
/// Check transactions of one pair before it is given up: each repeat in an idle slot is a
/// transaction of its own.
inline constexpr std::size_t kTransactionsPerPairMax = 7;
/// Bytes of a server's reason phrase that are passed on.
inline constexpr std::uint8_t kReasonShownMax = 64;
/// Transactions of one pair whose answers are still recognised; the older ones are cancelled. The
/// limit must exceed the number that begins within the longest round trip; otherwise every answer
/// on such a path would come too late.
inline constexpr std::size_t kTransactionsRememberedMax = 32;
/// Cancelled transactions of one agent's generation whose answers are still recognised, over all
/// pairs. Of each pair the latest check is not cancelled.
inline constexpr std::size_t kTransactionsCancelledMax = 256;
/// Number of 487 answers to checks of one pair after which the pair fails as refused: the peer does
/// not change its role.
inline constexpr std::uint8_t kConflictsMax = 16;
/// STUN servers that an agent asks for its reflexive addresses.
inline constexpr std::size_t kStunServersMax = 8;
/// TURN servers; each transport of a server counts as one.
inline constexpr std::size_t kTurnServersMax = 8;
/// Allocations of one agent, over all servers and components.
inline constexpr std::size_t kAllocationsMax = 16;
/// How many redirections to another server (300 Try Alternate) are followed.
inline constexpr std::uint8_t kRedirectsMax = 1;

}  // namespace floe::ice
