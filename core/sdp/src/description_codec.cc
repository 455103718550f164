#include "floe/sdp/description_codec.h"

#include "description_reader.h"
#include "line_reader.h"
#include "line_writer.h"

namespace floe::sdp {
namespace {

Result<ReadDescription, Problem> read(LineReader& lines, DescriptionReader& reader) {
  while (const auto line = lines.next()) {
    if (const auto problem = reader.read(*line)) return *problem;
  }
  if (lines.problem()) return *lines.problem();
  return reader.finish();
}

void write_bundles(LineWriter& lines, const SessionDescription& description) {
  for (const std::vector<std::string>& bundle : description.bundles) {
    std::string group = "a=group:BUNDLE";
    for (const std::string& mid : bundle) group += ' ' + mid;
    lines.line({group});
  }
}

void write_media_line(LineWriter& lines, const MediaSection& section) {
  lines.line({"m=", section.media, " ", std::to_string(section.port), " ", section.protocol,
              section.formats.empty() ? "" : " ", section.formats});
}

void write_transport(LineWriter& lines, const MediaSection& section) {
  if (!section.mid.empty()) lines.line({"a=mid:", section.mid});
  if (section.bundle_only) lines.line({"a=bundle-only"});
  if (section.rtcp_mux) lines.line({"a=rtcp-mux"});
  lines.rtcp(section.rtcp);
}

void write_section(LineWriter& lines, const MediaSection& section) {
  write_media_line(lines, section);
  lines.connection(section.own.host);
  write_transport(lines, section);
  lines.ice_of_section(section);
  lines.security(section.own);
  if (section.sctp_port) lines.line({"a=sctp-port:", std::to_string(*section.sctp_port)});
  if (section.max_message_size) {
    lines.line({"a=max-message-size:", std::to_string(*section.max_message_size)});
  }
}

}  // namespace

Result<ReadDescription, Problem> parse_description(std::string_view text) {
  LineReader lines(text);
  const auto first = lines.next();
  if (!first) return lines.problem().value_or(Problem{});
  if (first->type != 'v' || first->value != "0") {
    return Problem{ProblemCode::not_sdp, first->number, {}};
  }
  DescriptionReader reader(TextKind::description);
  return read(lines, reader);
}

Result<ReadDescription, Problem> parse_fragment(std::string_view text) {
  LineReader lines(text);
  DescriptionReader reader(TextKind::fragment);
  return read(lines, reader);
}

std::string write_description(const SessionDescription& description) {
  LineWriter lines;
  lines.line({"v=0"});
  // RFC 9429, section 5.2.1: "-" for the user, and an address that says nothing.
  lines.line({"o=- ", std::to_string(description.session_id), " ",
              std::to_string(description.session_version), " IN IP4 0.0.0.0"});
  lines.line({"s=-"});
  lines.connection(description.session.host);
  lines.line({"t=0 0"});
  write_bundles(lines, description);
  lines.ice_of_session(description);
  lines.security(description.session);
  for (const MediaSection& section : description.media) write_section(lines, section);
  return lines.take();
}

std::string write_fragment(const SessionDescription& fragment) {
  LineWriter lines;
  write_bundles(lines, fragment);
  lines.ice_of_session(fragment);
  for (const MediaSection& section : fragment.media) {
    write_media_line(lines, section);
    write_transport(lines, section);
    lines.ice_of_section(section);
  }
  return lines.take();
}

}  // namespace floe::sdp
