// Everything that an agent holds has a limit, and this is where it has its name.
#pragma once

#include <cstddef>
#include <cstdint>

namespace floe::ice {

/// Data streams of one agent.
inline constexpr std::size_t kStreamsMax = 16;
/// Of one agent, over all streams and components.
inline constexpr std::size_t kLocalCandidatesMax = 64;
/// Signalled and peer-reflexive ones together.
inline constexpr std::size_t kRemoteCandidatesMax = 64;
/// Part of these: a peer that shows up under ever new addresses must leave room for the candidates
/// that it signals.
inline constexpr std::size_t kPeerReflexiveCandidatesMax = 32;
/// RFC 8445, section 6.1.2.5: "a default limit of 100 candidate pairs"; the lowest are dropped.
inline constexpr std::size_t kPairsMax = 100;
/// Checks that arrived before the peer's description, remembered to be acted on afterwards.
inline constexpr std::size_t kEarlyChecksMax = 16;
/// Check transactions of one pair before it is given up: repeats in idle slots are transactions of
/// their own.
inline constexpr std::size_t kTransactionsPerPairMax = 7;
/// Bytes of a server's reason phrase that are passed on.
inline constexpr std::uint8_t kReasonShownMax = 64;
/// Transactions of one pair whose answer is still known: the older of them are cancelled. More than
/// are begun within the longest round trip, or the answers on such a path would all come too late.
inline constexpr std::size_t kTransactionsRememberedMax = 32;
/// Answers 487 to checks of one pair, after which the pair is refused: its peer does not change its
/// role.
inline constexpr std::uint8_t kConflictsMax = 16;
/// STUN servers that an agent asks for its reflexive addresses.
inline constexpr std::size_t kStunServersMax = 8;
/// TURN servers, each transport of one counted.
inline constexpr std::size_t kTurnServersMax = 8;
/// Allocations of one agent, over all servers and components.
inline constexpr std::size_t kAllocationsMax = 16;
/// How often an allocation that was lost is made again, unless it had lived long.
inline constexpr std::uint8_t kRelayRemakesMax = 3;
/// Times that a server may send a request on to another (300 Try Alternate).
inline constexpr std::uint8_t kRedirectsMax = 1;

}  // namespace floe::ice
