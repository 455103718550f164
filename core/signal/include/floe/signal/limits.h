// The limits of everything that signalling reads or holds.
//
// Sizes are in bytes of UTF-8 inside the string, escapes resolved. PROTOCOL.md has the limits that
// the other end must know.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/json/limits.h"
#include "floe/types/time.h"

namespace floe::signal {

// A message of any sender.
inline constexpr std::size_t kMessageSizeMax = 16 * 1024;
inline constexpr std::size_t kDepthMax = 8;
/// Values of all kinds in a text: the largest description has about 250.
inline constexpr std::size_t kValuesMax = 1024;
inline constexpr json::Limits kMessageLimits{kMessageSizeMax, kValuesMax, kDepthMax};
/// The server's `from` and `seq` may lengthen a message of the greatest size by this much.
inline constexpr std::size_t kEnvelopeSizeMax = 256;
inline constexpr std::size_t kRelayedSizeMax = kMessageSizeMax + kEnvelopeSizeMax;
/// The server's `from` and `seq` are values too.
inline constexpr json::Limits kRelayedLimits{kRelayedSizeMax, kValuesMax + 2, kDepthMax};

// The members of a message.
inline constexpr std::size_t kTypeSizeMax = 64;
/// In one description, and in one generation. An agent keeps fewer: ice::kRemoteCandidatesMax.
inline constexpr std::size_t kCandidatesMax = 256;
/// In a description that is sent, which must stay below kMessageSizeMax; the others follow it.
inline constexpr std::size_t kCandidatesDescribedMax = 64;
inline constexpr std::size_t kSdpMidSizeMax = 64;
inline constexpr std::size_t kIceOptionsMax = 16;
inline constexpr std::size_t kIceOptionSizeMax = 64;
inline constexpr std::size_t kReasonSizeMax = 200;
inline constexpr std::size_t kFingerprintsMax = 4;
inline constexpr std::size_t kFingerprintAlgorithmSizeMax = 16;
inline constexpr std::size_t kFingerprintValueSizeMax = 3 * 64 - 1;  ///< of sha-512
inline constexpr std::size_t kDtlsIdSizeMin = 20;                    ///< RFC 8842, section 4
inline constexpr std::size_t kDtlsIdSizeMax = 255;
inline constexpr std::size_t kNonceSize = 64;  ///< of a nonce and of its commitment, as text

// Between client and server.
inline constexpr std::size_t kNameSizeMax = 64;  ///< names of rooms, peers and services, and ids
inline constexpr std::size_t kTokenSizeMax = 4096;
inline constexpr std::size_t kResumeSizeMax = 64;
inline constexpr std::size_t kErrorTextSizeMax = 512;
inline constexpr std::size_t kPeersListedMax = 64;
inline constexpr std::size_t kOffersMax = 8;  ///< names of services that one peer offers
/// Offers::text() of at most so many bytes is told in each Joined: even for kPeersListedMax peers
/// with the longest names, it fits into kMessageSizeMax.
inline constexpr std::size_t kOffersSizeSure = 96;

// Kept by a session.
inline constexpr std::size_t kHeldCandidatesMax = 64;     ///< candidates of unknown generations
inline constexpr std::size_t kGenerationsKept = 8;        ///< old username fragments of the peer
inline constexpr std::size_t kOutgoingMessagesMax = 256;  ///< not yet polled
inline constexpr std::size_t kErrorsKept = 16;            ///< not yet polled
inline constexpr std::size_t kSkippedKept = 64;           ///< reports not yet polled
inline constexpr std::size_t kNamedCandidatesMax = 16;    ///< of the peer, in one generation

// Kept by a client.
inline constexpr std::size_t kQueueMax = 128;  ///< messages that wait to be sent

// Allowed and kept by the server.
inline constexpr std::uint32_t kMessagesPerSecondMax = 50;
/// Sent by a client: fewer than the server allows, so that a burst is delayed and not dropped.
inline constexpr std::uint32_t kClientMessagesPerSecond = kMessagesPerSecondMax - 10;
inline constexpr std::size_t kHeldMessagesMax = 64;  ///< for one peer, or the first to join
inline constexpr Duration kHoldForFirst = std::chrono::seconds(60);
inline constexpr Duration kHoldForDropped = std::chrono::seconds(30);
inline constexpr Duration kJoinTimeout = std::chrono::seconds(10);
inline constexpr std::size_t kGenerationsCounted = 16;  ///< of one peer, for kCandidatesMax

}  // namespace floe::signal
