// MESSAGE-INTEGRITY and FINGERPRINT: what proves who sent a message, and that it is STUN.
#pragma once

#include "floe/api/crypto.h"
#include "floe/stun/message_view.h"

namespace floe::stun {

inline constexpr std::size_t kIntegritySize = 20;
inline constexpr std::uint32_t kFingerprintXor = 0x5354554E;  // RFC 8489, section 14.7

enum class IntegrityCheck : std::uint8_t { valid, absent, wrong };

/// Checks MESSAGE-INTEGRITY (RFC 8489, section 14.5) under `key`, in constant time.
IntegrityCheck check_integrity(const MessageView& message, const HmacSha1& key);

/// The HMAC of a message whose attributes before MESSAGE-INTEGRITY end at `integrity_offset`.
Sha1Digest compute_integrity(Bytes message, std::size_t integrity_offset, const HmacSha1& key);

}  // namespace floe::stun
