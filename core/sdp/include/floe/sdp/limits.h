// The limits of everything that is read from SDP.
//
// Sizes are in bytes. A text beyond one of the first two limits is refused; a part beyond another
// limit is skipped and reported, and the rest of the text still counts.
#pragma once

#include <cstddef>

#include "floe/signal/limits.h"

namespace floe::sdp {

/// Large conferences with a media section for each participant have about 150 KiB.
inline constexpr std::size_t kDescriptionSizeMax = 256 * 1024;
inline constexpr std::size_t kMediaSectionsMax = 256;

inline constexpr std::size_t kCandidatesPerSectionMax = signal::kCandidatesMax;
inline constexpr std::size_t kMidSizeMax = signal::kSdpMidSizeMax;
/// ICE options of the session and one media section together.
inline constexpr std::size_t kIceOptionsMax = signal::kIceOptionsMax;
inline constexpr std::size_t kIceOptionSizeMax = signal::kIceOptionSizeMax;
inline constexpr std::size_t kBundlesMax = 16;
/// Of the session, and of each section.
inline constexpr std::size_t kFingerprintsMax = signal::kFingerprintsMax;
inline constexpr std::size_t kFingerprintAlgorithmSizeMax = signal::kFingerprintAlgorithmSizeMax;
inline constexpr std::size_t kFingerprintSizeMax = signal::kFingerprintValueSizeMax;
/// RFC 1035, section 2.3.4.
inline constexpr std::size_t kHostNameSizeMax = 255;
inline constexpr std::size_t kMediaLineSizeMax = 1024;
/// All problems are counted; this many are kept to be shown.
inline constexpr std::size_t kProblemsKept = 16;

}  // namespace floe::sdp
