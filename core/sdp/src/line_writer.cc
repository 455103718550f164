#include "line_writer.h"

#include "floe/types/address.h"

namespace floe::sdp {

namespace {

/// "IN IP4 192.0.2.1"; a name counts as IP4.
std::string connection_text(std::string_view host) {
  const auto ip = IpAddress::parse(host);
  std::string text = ip && !ip->is_ipv4() ? "IN IP6 " : "IN IP4 ";
  return text += host;
}

}  // namespace

void LineWriter::line(std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) text_ += part;
  text_ += line_ending_;
}

void LineWriter::credentials(const Attributes& attributes) {
  // The order matters to the grammar of fragments (RFC 8840, section 9).
  if (!attributes.password.empty()) line({"a=ice-pwd:", attributes.password});
  if (!attributes.ufrag.empty()) line({"a=ice-ufrag:", attributes.ufrag});
  if (attributes.ice_options.empty()) return;
  std::string options;
  for (const std::string& option : attributes.ice_options) {
    options += (options.empty() ? "" : " ") + option;
  }
  line({"a=ice-options:", options});
}

void LineWriter::ice_of_session(const SessionDescription& description) {
  if (description.ice_lite) line({"a=ice-lite"});
  credentials(description.session);
  if (description.ice_pacing_ms) {
    line({"a=ice-pacing:", std::to_string(*description.ice_pacing_ms)});
  }
  if (description.session.end_of_candidates) line({"a=end-of-candidates"});
}

void LineWriter::ice_of_section(const MediaSection& section) {
  credentials(section.own);
  for (const std::string& candidate : section.candidates) line({"a=", candidate});
  if (section.own.end_of_candidates) line({"a=end-of-candidates"});
}

void LineWriter::security(const Attributes& attributes) {
  for (const Fingerprint& fingerprint : attributes.fingerprints) {
    line({"a=fingerprint:", fingerprint.algorithm, " ", fingerprint.value});
  }
  if (attributes.setup) line({"a=setup:", to_text(*attributes.setup)});
  if (!attributes.tls_id.empty()) line({"a=tls-id:", attributes.tls_id});
}

void LineWriter::rtcp(const std::optional<RtcpDestination>& rtcp) {
  if (!rtcp) return;
  const std::string port = std::to_string(rtcp->port);
  if (rtcp->host.empty()) {
    line({"a=rtcp:", port});
  } else {
    line({"a=rtcp:", port, " ", connection_text(rtcp->host)});
  }
}

void LineWriter::connection(std::string_view host) {
  if (!host.empty()) line({"c=", connection_text(host)});
}

}  // namespace floe::sdp
