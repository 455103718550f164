// Puts our lines of ICE, and of DTLS, into a description that other software has made, such as a
// browser's offer.
//
// In the session and in each media section, it replaces the lines ice-ufrag, ice-pwd, ice-options,
// ice-lite, ice-pacing, ice-mismatch, candidate, remote-candidates and end-of-candidates; and, if
// our description has fingerprints, also fingerprint, setup and tls-id. The new lines stand where
// the first old line stood, or at the end of the session or section. Everything else stays byte for
// byte, the line ending too. Rejected sections lose these lines and get no new ones.
#pragma once

#include <string>
#include <string_view>

#include "floe/sdp/description_codec.h"
#include "floe/signal/message.h"

namespace floe::sdp {

struct PatchedDescription {
  std::string text;
  Problems skipped;  ///< candidates that cannot be read, and sections that the text does not have
};

/// Whether the port of the m-line, the c-line and a=rtcp change too. RFC 8839, section 4.2.5 lets a
/// peer give up ICE when they are not a candidate's, unless they are port 9 of the any address.
enum class DefaultDestination : std::uint8_t { keep, replace };

/// Sections are matched by name(). A section that `ice` does not name loses its own ICE lines; only
/// `ice.session` holds for it.
Result<PatchedDescription, Problem> patch_description(
    std::string_view text, const SessionDescription& ice,
    DefaultDestination destination = DefaultDestination::keep);

/// One generation for all sections, as in a bundle.
Result<PatchedDescription, Problem> patch_description(
    std::string_view text, const signal::Description& ice,
    DefaultDestination destination = DefaultDestination::keep);

}  // namespace floe::sdp
