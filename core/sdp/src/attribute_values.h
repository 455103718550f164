// Parses the values of single lines. The result is empty when the text does not follow its RFC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/sdp/session_description.h"

namespace floe::sdp {

/// RFC 8866, section 5.14. Only the four fields of the line are set.
std::optional<MediaSection> parse_media_line(std::string_view value);
/// The address or name of a c-line (RFC 8866, section 5.7), or of the text after the port of
/// a=rtcp.
std::optional<std::string> parse_connection(std::string_view value);
std::optional<RtcpDestination> parse_rtcp(std::string_view value);
std::optional<Setup> parse_setup(std::string_view value);
std::optional<Fingerprint> parse_fingerprint(std::string_view value);
/// RFC 8842, section 4.
bool is_tls_id(std::string_view text);
/// RFC 5888: a token, of at most kMidSizeMax bytes.
bool is_mid(std::string_view text);
/// RFC 8839 has ice-chars; others are in use, such as "google-ice".
bool is_ice_option(std::string_view text);
/// Whether a c-line can carry the text, for values that are to be written.
bool is_host(std::string_view text);

}  // namespace floe::sdp
