// Session descriptions and fragments of trickle ICE from text and to text.
//
// The reader is lenient about lines that it does not need and strict about lines that it needs.
// Lines end in CRLF or LF. Attributes and lines that do not concern ICE are not read, whatever
// their length. Credentials, mids and m-lines must be right, or the text is refused. Any other line
// that cannot be used, such as a candidate, is skipped and reported.
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
/// Writes the shortest text for a description. Lines end in CRLF. A description from
/// parse_description() is read back equal.
std::string write_description(const SessionDescription& description);

/// The body of `application/trickle-ice-sdpfrag`: attributes of the session, then pseudo m-lines
/// with a mid and candidates. Its ufrag says which generation the candidates belong to.
Result<ReadDescription, Problem> parse_fragment(std::string_view text);
std::string write_fragment(const SessionDescription& fragment);

}  // namespace floe::sdp
