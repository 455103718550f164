// What secures the transports of a description, from messages and to them (RFC 8842).
#pragma once

#include <optional>

#include "floe/sdp/message_conversion.h"

namespace floe::sdp {

/// Sets `dtls` of the message. Without fingerprints there is none: nobody could tell who answers.
std::optional<ProblemCode> add_dtls(const Security& security, SdpType type,
                                    signal::Description& message);

/// Sets the attributes of all sections. Fingerprints that SDP cannot express are skipped.
std::optional<ProblemCode> set_dtls(ReadDescription& made, const signal::Description& message,
                                    SdpType type);

}  // namespace floe::sdp
