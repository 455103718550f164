// CRC-32 as FINGERPRINT uses it (RFC 8489, section 14.7; ITU-T V.42).
#pragma once

#include "floe/types/bytes.h"

namespace floe::stun {

std::uint32_t crc32(Bytes bytes);

}  // namespace floe::stun
