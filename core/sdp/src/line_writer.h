// Collects the lines of an SDP text, and writes the lines of ICE and DTLS.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "floe/sdp/session_description.h"

namespace floe::sdp {

class LineWriter {
 public:
  /// RFC 8866, section 5: CRLF ends a line. A text that is patched keeps its own ending.
  explicit LineWriter(std::string_view line_ending = "\r\n") : line_ending_(line_ending) {}

  /// One line of these parts.
  void line(std::initializer_list<std::string_view> parts);

  /// ice-lite, ice-pacing, and the attributes that both session and section may have.
  void ice_of_session(const SessionDescription& description);
  /// Credentials, options, candidates and their end.
  void ice_of_section(const MediaSection& section);
  /// fingerprint, setup and tls-id.
  void security(const Attributes& attributes);
  void connection(std::string_view host);
  void rtcp(const std::optional<RtcpDestination>& rtcp);

  std::string take() { return std::move(text_); }

 private:
  void credentials(const Attributes& attributes);

  std::string_view line_ending_;
  std::string text_;
};

}  // namespace floe::sdp
