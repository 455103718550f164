// MESSAGE-INTEGRITY, which proves that the sender knows the password, and FINGERPRINT, which tells
// STUN from other protocols.
#pragma once

#include "floe/api/crypto.h"
#include "floe/stun/message_view.h"

namespace floe::stun {

inline constexpr std::size_t kIntegritySize = 20;
inline constexpr std::size_t kIntegritySha256Size = 32;
/// RFC 8489, section 14.6: a MAC may not be truncated to less than this.
inline constexpr std::size_t kIntegritySha256SizeMin = 16;
inline constexpr std::uint32_t kFingerprintXor = 0x5354554E;  // RFC 8489, section 14.7

enum class IntegrityCheck : std::uint8_t { valid, absent, wrong };

/// Checks MESSAGE-INTEGRITY (RFC 8489, section 14.5) under `key`, in constant time.
IntegrityCheck check_integrity(const MessageView& message, const HmacSha1& key);

/// Checks MESSAGE-INTEGRITY-SHA256 (section 14.6) under `key`. "The value MUST be the full 32 bytes
/// unless the STUN usage explicitly specifies that truncation is allowed": then give `size_min`, 16
/// to 32. A shorter MAC is wrong.
IntegrityCheck check_integrity(const MessageView& message, const HmacSha256& key,
                               std::size_t size_min = kIntegritySha256Size);

/// The HMAC of a message whose attributes before MESSAGE-INTEGRITY end at `integrity_offset`.
Sha1Digest compute_integrity(Bytes message, std::size_t integrity_offset, const HmacSha1& key);
/// The same for MESSAGE-INTEGRITY-SHA256, which will carry the first `size` bytes of the HMAC.
Sha256Digest compute_integrity(Bytes message, std::size_t integrity_offset, const HmacSha256& key,
                               std::size_t size = kIntegritySha256Size);

}  // namespace floe::stun
