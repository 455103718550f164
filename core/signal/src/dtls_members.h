// The members of messages that secure a connection, from JSON and to JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/json/writer.h"
#include "floe/signal/message.h"
#include "member_reader.h"

namespace floe::signal {

/// `dtls` of a description; nothing when it is absent. Members in it that are not known are
/// ignored.
void read_dtls(MemberReader& members, std::optional<DtlsParameters>& dtls);
void write_dtls(json::Writer& out, const std::optional<DtlsParameters>& dtls);

/// Stays empty when it is absent.
void read_dtls_id(MemberReader& members, std::string_view name, std::string& id);
/// kNonceSize hexadecimal digits, in small letters. The member is required.
void read_nonce(MemberReader& members, std::string_view name, MessageError bad, std::string& nonce);

}  // namespace floe::signal
