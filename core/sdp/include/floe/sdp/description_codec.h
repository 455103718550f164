// Session descriptions and fragments of trickle ICE from text and to text.
//
// Reading is lenient about what it does not need and exact about what it does. Lines end in CRLF or
// LF. Attributes and lines that do not concern ICE are not read, of whatever length. What decides
// who is who (credentials, mid, the m-lines) must be right, or the text is refused; any other line
// that cannot be used is skipped and reported, a candidate above all.
#pragma once

#include <string>
#include <string_view>

#include "floe/sdp/limits.h"
#include "floe/sdp/problem.h"
#include "floe/sdp/session_description.h"
#include "floe/types/result.h"

namespace floe::sdp {

struct ReadDescription {
  SessionDescription description;
  Problems skipped;
};

/// A whole description, of at most kDescriptionSizeMax bytes. Credentials may be missing: not every
/// peer speaks ICE.
Result<ReadDescription, Problem> parse_description(std::string_view text);
/// The smallest description that says it. Lines end in CRLF. What parse_description() gives is read
/// back equal.
std::string write_description(const SessionDescription& description);

/// The body of `application/trickle-ice-sdpfrag`: attributes of the session, then pseudo m-lines
/// with a mid and candidates. Its ufrag says which generation the candidates belong to.
Result<ReadDescription, Problem> parse_fragment(std::string_view text);
std::string write_fragment(const SessionDescription& fragment);

}  // namespace floe::sdp
