// The media sections of the peer's description, and which of our data streams each is.
//
// Our streams are called "0", "1" and so on; a peer may call its sections anything. The first
// section that has a transport of its own is stream "0", the second is stream "1". A section that
// uses another's transport in a bundle is the other's stream.
//
// Where a peer offers data channels, its media are none of ours: a browser does not take an answer
// that accepts video without a codec.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/sdp/session_description.h"

namespace floe::sdp {

class PeerSections {
 public:
  /// `streams` is the number of our data streams; sections beyond it are none of ours.
  PeerSections(SessionDescription description, std::size_t streams);

  /// The name of our stream for the section of this name; nothing when it is none of ours.
  std::optional<std::string> stream_of(std::string_view name) const;

  /// Our description as the answer to the peer's (RFC 3264, section 6): section by section, with
  /// the peer's m-lines, mids and bundles. Sections that are none of ours are rejected. Section `k`
  /// of `own` is of stream `k`.
  SessionDescription answer(const SessionDescription& own) const;
  /// Gives each section of our fragment, which is named after a stream, the peer's name and m-line.
  void rename(SessionDescription& fragment) const;

 private:
  struct Stream {
    std::size_t carrier;  // the section that has the transport
    std::size_t answer;   // the section where our answer describes it
  };

  /// The place in streams_.
  std::optional<std::size_t> stream_of(const MediaSection& section) const;
  /// Whether our answer accepts it, when it is of a stream.
  bool is_accepted(const MediaSection& section) const;
  /// Whether the peer offered another transport for the case that the carrier is rejected.
  bool has_own_transport(const Stream& stream) const;
  /// The first that is accepted of those with this one's transport.
  std::optional<std::size_t> first_accepted(std::size_t carrier) const;
  MediaSection answer(const MediaSection& offered, const SessionDescription& own) const;

  SessionDescription peer_;
  bool has_channels_;
  std::vector<Stream> streams_;
};

}  // namespace floe::sdp
