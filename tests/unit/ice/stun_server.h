// The answers of a STUN server, honest or not, to the requests of a gathering agent.
#pragma once

#include <optional>
#include <string_view>

#include "ice/hand_driven_agent.h"

namespace floe::testing {

/// A Binding success response: what the server saw, and nothing else.
ByteVector server_answer(const Sent& request, const TransportAddress& mapped);
/// The same from a server of RFC 3489, in MAPPED-ADDRESS.
ByteVector old_server_answer(const Sent& request, const TransportAddress& mapped);
ByteVector server_error(const Sent& request, std::uint16_t code, std::string_view reason = "no");
/// 300 Try Alternate; without an address it names nobody.
ByteVector server_redirect(const Sent& request, const std::optional<TransportAddress>& alternate);

}  // namespace floe::testing
