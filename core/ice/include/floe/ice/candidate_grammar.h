// The line of text that signals a candidate (RFC 8839, section 5.1).
//
//   candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host
//   candidate:2 1 udp 1694498815 198.51.100.7 61000 typ srflx raddr 192.0.2.1 rport 50000
#pragma once

#include <string>
#include <string_view>

#include "floe/ice/candidate.h"
#include "floe/types/result.h"

namespace floe::ice {

/// In bytes; longer lines are refused. Sensible lines, with IPv6 and extensions, have about 250.
inline constexpr std::size_t kCandidateLineSizeMax = 512;
/// Extension attributes are kept as they came, so that the line can be passed on; each is a name
/// and a value.
inline constexpr std::size_t kCandidateExtensionsMax = 16;

enum class CandidateError : std::uint8_t {
  line_too_long,
  missing_prefix,  ///< neither "candidate:" nor "a=candidate:"
  missing_field,   ///< fewer than the eight fields every candidate has
  bad_foundation,  ///< not 1 to 32 visible characters of ASCII
  bad_component,   ///< not 1 to 256
  bad_transport,   ///< not a token
  bad_priority,    ///< not 1 to 2^32 - 1; more than 2^31 - 1 counts as 2^31 - 1
  bad_address,     ///< neither an IP address nor a host name
  bad_port,        ///< not 0 to 65535
  missing_type,    ///< no "typ"
  unknown_type,    ///< a candidate type that RFC 8839 does not know
  bad_related,     ///< raddr or rport that cannot be read
  too_many_extensions,
  control_character,  ///< in an extension: the line could become two lines in SDP
};

std::string_view to_text(CandidateError error);

/// A candidate line that was read. The texts are views into the line.
struct CandidateLine {
  Candidate candidate;
  /// The transport is neither UDP nor TCP: candidate.address.protocol does not name it.
  bool has_unknown_transport = false;
  /// A name instead of an address, such as "….local" (RFC 8828 hides addresses in this way); then
  /// candidate.address has only the port.
  std::string_view host_name;
  std::string_view extensions;  ///< "generation 0 network-id 1", without leading space
  std::string_view ufrag;       ///< of the extension "ufrag", if it is there
};

/// A line end of SDP (CR, LF or both) may follow.
Result<CandidateLine, CandidateError> parse_candidate_line(std::string_view line);

/// Why an agent makes no pairs of a candidate whose line is correct.
enum class CandidateObstacle : std::uint8_t {
  none,
  transport,  ///< the transport is not UDP
  host_name,  ///< it has a host name, and an agent resolves none: signal::Session may have it done
};

CandidateObstacle obstacle_of(const CandidateLine& line);
/// What is said of the candidate: "it has …".
std::string_view to_text(CandidateObstacle obstacle);

/// "candidate:…", without "a=", with the protocol of its address. Zones are never signalled.
/// `host_name`, if any, stands in the place of the IP address.
std::string write_candidate_line(const Candidate& candidate, std::string_view host_name = {});

}  // namespace floe::ice
