// The limits of a ConsentGate and of a ScanWatch, all in one place.
//
// They suit an ICE agent: it begins at most 20 checks a second (RFC 8445, section 14.2: Ta is 50
// ms), repeats each up to seven times, and has a few dozens of pairs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::consent {

/// RFC 7675, section 5.1: "consent expires after 30 seconds" without a valid answer.
inline constexpr Duration kConsentLasts = std::chrono::seconds(30);
/// After a TURN server's last response. The longest lifetime that it gives by itself (RFC 8656,
/// section 3.2), so that a client that refreshes its allocation in time is never cut off.
inline constexpr Duration kRelayConsentLasts = std::chrono::minutes(10);
/// RFC 8489, section 6.2.1: a transaction over UDP is over after 39.5 s; later answers are of no
/// use.
inline constexpr Duration kRequestLives = std::chrono::milliseconds(39'500);
/// The client is told of a prolonged consent when it is prolonged by this much, and not each time.
inline constexpr Duration kConsentToldStep = std::chrono::seconds(10);

// Requests to peers that have not consented.

/// RFC 8489, section 6.2.1: Rc is 7.
inline constexpr std::uint8_t kSendsPerRequestMax = 7;
/// What an Ethernet carries over IPv4: checks may carry a datagram of DTLS.
inline constexpr std::size_t kRequestSizeMax = 1472;
inline constexpr std::uint32_t kRequestsPerSecond = 60;
inline constexpr std::uint32_t kRequestsBurst = 20;
inline constexpr std::uint32_t kRequestBytesPerSecond = 32u * 1024;
inline constexpr std::uint32_t kRequestBytesBurst = 24u * 1024;
/// Different ones in any minute.
inline constexpr std::size_t kUnverifiedPeersPerMinute = 200;
/// Bytes to a peer that has not consented, for each byte of the requests that came from it.
inline constexpr std::size_t kAnswerFactor = 3;

// Datagrams from peers that have not consented.

/// From all unknown addresses, and as many from each address that the client has written to.
inline constexpr std::uint32_t kHeardPerSecond = 50;
/// Requests that wait for the client's answer; also how many datagrams may come at once.
inline constexpr std::size_t kHeardMax = 64;

// The memory of one gate.

/// With consent at a time.
inline constexpr std::size_t kOpenPeersMax = 256;
/// TURN servers at a time.
inline constexpr std::size_t kRelaysMax = 32;
/// All that a gate remembers; of those without consent the oldest goes first.
inline constexpr std::size_t kPeersMax = 320;
static_assert(kOpenPeersMax + kRelaysMax < kPeersMax, "there is always one to forget");
/// Requests of which an answer may still come; the oldest goes first.
inline constexpr std::size_t kSentMax = 256;

// Scans, over all sockets of a client and by the minute.

/// Beyond so many different peers that have not answered, new ones are reached one a second.
inline constexpr std::size_t kScanThrottled = 256;
/// Beyond so many it is a scan, whether its datagrams left or not.
inline constexpr std::size_t kScanEnds = 768;
/// The size of the set that counts them.
inline constexpr std::size_t kScanBits = 8192;

}  // namespace floe::consent
