#include "floe/ice/candidate_grammar.h"

#include <algorithm>

#include "floe/stun/attributes/ice.h"
#include "floe/types/decimal.h"
#include "floe/types/letter_case.h"
#include "floe/types/text.h"

namespace floe::ice {
namespace {

using namespace std::string_view_literals;

/// RFC 3261, section 25.1, to which RFC 8839 refers.
constexpr bool is_token_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
}

constexpr bool is_control_char(char c) {
  return (c >= 0 && c < ' ') || c == 0x7f;
}

constexpr bool is_host_name_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.';
}

/// The fields of a line, separated by spaces.
class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  std::string_view next() {
    const auto end = std::min(rest_.find(' '), rest_.size());
    const std::string_view field = rest_.substr(0, end);
    rest_.remove_prefix(end);
    skip_spaces();
    return field;
  }

 private:
  void skip_spaces() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

std::optional<std::uint32_t> parse_number(std::string_view text, std::size_t digits_max,
                                          std::uint32_t min, std::uint32_t max) {
  if (text.empty() || text.size() > digits_max) return std::nullopt;
  const auto value = parse_decimal(text, max);
  if (!value || *value < min) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

std::optional<CandidateType> parse_type(std::string_view text) {
  for (const auto type : {CandidateType::host, CandidateType::server_reflexive,
                          CandidateType::peer_reflexive, CandidateType::relayed}) {
    if (equal_ignoring_case(text, to_text(type))) return type;
  }
  return std::nullopt;
}

std::optional<TransportProtocol> parse_transport(std::string_view text) {
  for (const auto protocol : {TransportProtocol::udp, TransportProtocol::tcp}) {
    if (equal_ignoring_case(text, to_text(protocol))) return protocol;
  }
  return std::nullopt;
}

bool is_host_name(std::string_view text) {
  // A text of only digits and dots is not a host name but a malformed address.
  return std::ranges::all_of(text, is_host_name_char) &&
         text.find_first_not_of("0123456789.") != std::string_view::npos;
}

std::optional<CandidateError> parse_fixed(Fields& fields, CandidateLine& line) {
  Candidate& candidate = line.candidate;
  const auto foundation = Foundation::parse(fields.next());
  if (!foundation) return CandidateError::bad_foundation;
  candidate.foundation = *foundation;

  if (fields.empty()) return CandidateError::missing_field;
  const auto component = parse_number(fields.next(), 3, 1, kComponentMax);
  if (!component) return CandidateError::bad_component;
  candidate.component = static_cast<ComponentId>(*component);

  if (fields.empty()) return CandidateError::missing_field;
  const std::string_view transport = fields.next();
  if (!std::ranges::all_of(transport, is_token_char)) return CandidateError::bad_transport;
  const auto protocol = parse_transport(transport);
  line.has_unknown_transport = !protocol.has_value();
  candidate.address.protocol = protocol.value_or(TransportProtocol::udp);

  if (fields.empty()) return CandidateError::missing_field;
  const auto priority = parse_number(fields.next(), 10, 1, 0xffffffff);
  if (!priority) return CandidateError::bad_priority;
  // Deviation: (RFC 8445, section 5.1.2: "a positive integer between 1 and (2**31 - 1)") a greater
  // one counts as the greatest, as browsers take it.
  candidate.priority = std::min(*priority, stun::kPriorityMax);
  return std::nullopt;
}

std::optional<CandidateError> parse_address(Fields& fields, CandidateLine& line) {
  Candidate& candidate = line.candidate;
  if (fields.empty()) return CandidateError::missing_field;
  const std::string_view address = fields.next();
  if (const auto ip = IpAddress::parse(address)) {
    candidate.address.ip = *ip;
  } else if (is_host_name(address)) {
    line.host_name = address;
  } else {
    return CandidateError::bad_address;
  }
  if (fields.empty()) return CandidateError::missing_field;
  const auto port = parse_number(fields.next(), 5, 0, 65535);
  if (!port) return CandidateError::bad_port;
  candidate.address.port = static_cast<std::uint16_t>(*port);
  candidate.base = candidate.address;

  if (fields.empty()) return CandidateError::missing_field;
  if (!equal_ignoring_case(fields.next(), "typ")) return CandidateError::missing_type;
  if (fields.empty()) return CandidateError::missing_field;
  const auto type = parse_type(fields.next());
  if (!type) return CandidateError::unknown_type;
  candidate.type = *type;
  return std::nullopt;
}

/// raddr and rport follow the type. Old agents leave them out or send 0.0.0.0 and 9, and some send
/// a host name, which is ignored. An address or a port that cannot be read is an error.
std::optional<CandidateError> parse_related(Fields& fields, CandidateLine& line) {
  Fields ahead = fields;
  if (!equal_ignoring_case(ahead.next(), "raddr")) return std::nullopt;
  if (ahead.empty()) return CandidateError::bad_related;
  const std::string_view address = ahead.next();
  const auto ip = IpAddress::parse(address);
  if (!ip && !is_host_name(address)) return CandidateError::bad_related;
  if (!equal_ignoring_case(ahead.next(), "rport") || ahead.empty()) {
    return CandidateError::bad_related;
  }
  const auto port = parse_number(ahead.next(), 5, 0, 65535);
  if (!port) return CandidateError::bad_related;
  if (ip) {
    line.candidate.related =
        TransportAddress{*ip, static_cast<std::uint16_t>(*port), line.candidate.address.protocol};
  }
  fields = ahead;
  return std::nullopt;
}

std::string_view without_last(std::string_view extensions, std::string_view name) {
  extensions = extensions.substr(0, extensions.rfind(name));
  const auto end = extensions.find_last_not_of(' ');
  return extensions.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

/// A line that was cut out of SDP may still have the end of a line of SDP.
std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::optional<CandidateError> parse_extensions(Fields& fields, CandidateLine& line) {
  line.extensions = fields.rest();
  if (std::ranges::any_of(line.extensions, is_control_char)) {
    return CandidateError::control_character;
  }
  for (std::size_t count = 0; !fields.empty(); ++count) {
    if (count == kCandidateExtensionsMax) return CandidateError::too_many_extensions;
    const std::string_view name = fields.next();
    // Browsers take a line whose last extension has no value. It says nothing, and is left out.
    if (fields.empty()) {
      line.extensions = without_last(line.extensions, name);
      return std::nullopt;
    }
    const std::string_view value = fields.next();
    if (name == "ufrag") line.ufrag = value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(CandidateType type) {
  switch (type) {
    case CandidateType::host:
      return "host";
    case CandidateType::server_reflexive:
      return "srflx";
    case CandidateType::peer_reflexive:
      return "prflx";
    case CandidateType::relayed:
      return "relay";
  }
  return "?";
}

std::string_view to_text(CandidateError error) {
  switch (error) {
    case CandidateError::line_too_long:
      return "candidate line is longer than 512 bytes";
    case CandidateError::missing_prefix:
      return "candidate line does not start with \"candidate:\"";
    case CandidateError::missing_field:
      return "candidate line ends too early";
    case CandidateError::bad_foundation:
      return "foundation is not 1 to 32 visible characters";
    case CandidateError::bad_component:
      return "component is not 1 to 256";
    case CandidateError::bad_transport:
      return "transport is not a token";
    case CandidateError::bad_priority:
      return "priority is not a number from 1 to 4294967295";
    case CandidateError::bad_address:
      return "address is neither an IP address nor a host name";
    case CandidateError::bad_port:
      return "port is not 0 to 65535";
    case CandidateError::missing_type:
      return "candidate line has no \"typ\" after the port";
    case CandidateError::unknown_type:
      return "candidate type is not host, srflx, prflx or relay";
    case CandidateError::bad_related:
      return "raddr or rport cannot be read";
    case CandidateError::control_character:
      return "an extension has a control character";
    case CandidateError::too_many_extensions:
      return "more than 16 extensions";
  }
  return "?";
}

Result<CandidateLine, CandidateError> parse_candidate_line(std::string_view text) {
  text = without_line_end(text);
  if (text.size() > kCandidateLineSizeMax) return CandidateError::line_too_long;
  if (text.starts_with("a=")) text.remove_prefix(2);
  constexpr std::string_view prefix = "candidate:";
  if (!text.starts_with(prefix)) return CandidateError::missing_prefix;
  Fields fields(text.substr(prefix.size()));
  CandidateLine line;
  if (const auto error = parse_fixed(fields, line)) return *error;
  if (const auto error = parse_address(fields, line)) return *error;
  if (const auto error = parse_related(fields, line)) return *error;
  if (const auto error = parse_extensions(fields, line)) return *error;
  return line;
}

CandidateObstacle obstacle_of(const CandidateLine& line) {
  const bool is_udp =
      !line.has_unknown_transport && line.candidate.address.protocol == TransportProtocol::udp;
  if (!is_udp) return CandidateObstacle::transport;
  return line.host_name.empty() ? CandidateObstacle::none : CandidateObstacle::host_name;
}

std::string_view to_text(CandidateObstacle obstacle) {
  switch (obstacle) {
    case CandidateObstacle::none:
      return "";
    case CandidateObstacle::transport:
      return "its transport is not UDP";
    case CandidateObstacle::host_name:
      return "it has a name instead of an address, and no names are looked up";
  }
  return "";
}

std::string write_candidate_line(const Candidate& candidate, std::string_view host_name) {
  std::string line = "candidate:";
  line += candidate.foundation.text();
  append(line, {" ", to_decimal(candidate.component), " ", to_text(candidate.address.protocol), " ",
                to_decimal(candidate.priority)});
  line += ' ';
  line += host_name.empty() ? candidate.address.ip.to_text() : std::string(host_name);
  append(line, {" ", to_decimal(candidate.address.port)});
  append(line, {" typ ", to_text(candidate.type)});
  if (candidate.type == CandidateType::host) return line;
  // RFC 8839, section 5.1: raddr and rport "MUST be present for server-reflexive, peer-reflexive,
  // and relayed candidates"; hidden addresses are written as the any address and port 9.
  const TransportAddress related = candidate.related.value_or(
      TransportAddress{IpAddress::any(candidate.address.ip.family()), 9});
  append(line, {" raddr ", related.ip.to_text(), " rport ", to_decimal(related.port)});
  return line;
}

}  // namespace floe::ice
