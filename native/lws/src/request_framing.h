// What libwebsockets lets pass, and the RFCs do not.
#pragma once

#include <libwebsockets.h>

#include <cstdint>

namespace floe::native {

/// RFC 9110, section 15.5.22.
inline constexpr std::uint16_t kUpgradeRequired = 426;

/// The status to refuse a request with whose end an intermediary could see elsewhere (RFC 9112,
/// section 11.2: request smuggling); 0 when there is no doubt.
std::uint16_t framing_objection(lws* wsi);

/// The status to refuse a WebSocket with whose handshake is not that of RFC 6455, section 4.2.1; 0
/// when it is.
std::uint16_t handshake_objection(lws* wsi);

}  // namespace floe::native
