// A session description (RFC 8866) as far as it concerns ICE (RFC 8839), with the parts that ICE
// depends on: the destinations of media, the bundles, and the identity of the other end.
//
// Also a fragment of trickle ICE (RFC 8840, section 9), which is a description with less in it.
// The attributes of session and media section are kept apart, as they were written; the functions
// give the values that hold for a section.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/credentials.h"

namespace floe::sdp {

/// RFC 4145, section 4: who opens the connection, here DTLS.
enum class Setup : std::uint8_t { active, passive, actpass, holdconn };
std::string_view to_text(Setup setup);

/// RFC 8122, section 5, as it was written: "sha-256" and "AB:CD…".
struct Fingerprint {
  std::string algorithm;
  std::string value;

  bool operator==(const Fingerprint&) const = default;
};

/// The attributes that the session and each media section may have. Empty means absent.
struct Attributes {
  std::string ufrag;
  std::string password;
  std::vector<std::string> ice_options;  ///< each once
  bool end_of_candidates = false;
  std::string host;  ///< of the c-line: an IP address, or a name
  std::optional<Setup> setup;
  std::vector<Fingerprint> fingerprints;
  std::string tls_id;  ///< RFC 8842, section 4: names the association

  bool operator==(const Attributes&) const = default;
};

/// What secures a transport.
struct Security {
  std::optional<Setup> setup;
  std::vector<Fingerprint> fingerprints;
  std::string tls_id;

  bool operator==(const Security&) const = default;
};

/// The destination of RTCP that is not multiplexed (RFC 3605).
struct RtcpDestination {
  std::uint16_t port = 0;
  std::string host;  ///< empty: the media's host

  bool operator==(const RtcpDestination&) const = default;
};

struct MediaSection {
  std::string media = "application";
  std::uint16_t port = 9;  ///< with `own.host` the default destination; 9: not known yet
  std::string protocol = "UDP/DTLS/SCTP";
  std::string formats = "webrtc-datachannel";  ///< separated by spaces; libnice has none

  std::string mid;  ///< empty: none; see SessionDescription::name()
  Attributes own;
  std::vector<std::string> candidates;  ///< lines that parse_candidate_line() reads, without "a="
  bool bundle_only = false;
  bool rtcp_mux = false;
  std::optional<RtcpDestination> rtcp;
  std::optional<std::uint32_t> sctp_port;
  std::optional<std::uint32_t> max_message_size;  ///< in bytes; 0: any

  /// RFC 3264, section 6: port zero rejects the stream. RFC 9143, section 6: not with bundle-only.
  bool is_rejected() const { return port == 0 && !bundle_only; }
  /// The number of ICE components: 2 for RTP whose RTCP has a port of its own. An offer with
  /// rtcp-mux may still have candidates of component 2, for answerers that do not multiplex.
  int component_count() const;

  bool operator==(const MediaSection&) const = default;
};

struct SessionDescription {
  std::uint64_t session_id = 0;
  std::uint64_t session_version = 0;
  bool ice_lite = false;
  std::optional<std::uint32_t> ice_pacing_ms;
  std::vector<std::vector<std::string>> bundles;  ///< the mids of each BUNDLE group
  Attributes session;
  std::vector<MediaSection> media;

  /// The signalling's name for a section: its mid, or without a mid its index; the first is "0".
  std::string name(std::size_t index) const;

  /// The credentials of a section: its own, else the session's, else those of the first section in
  /// its bundle. A member that is in none of them is empty.
  ice::Credentials credentials(const MediaSection& section) const;
  /// Each member is the section's own, else the session's; without fingerprints all are those of
  /// the first section in its bundle.
  Security security(const MediaSection& section) const;
  /// The session's, then the section's own.
  std::vector<std::string> ice_options(const MediaSection& section) const;
  bool has_ended(const MediaSection& section) const {
    return session.end_of_candidates || section.own.end_of_candidates;
  }
  /// The other section whose transport this section uses in a bundle, or null (RFC 9143, section
  /// 7.2).
  const MediaSection* bundled_with(const MediaSection& section) const;

  bool operator==(const SessionDescription&) const = default;

 private:
  const MediaSection* find(std::string_view mid) const;
};

}  // namespace floe::sdp
