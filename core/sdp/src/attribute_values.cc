#include "attribute_values.h"

#include "floe/sdp/limits.h"
#include "floe/signal/message.h"
#include "floe/types/address.h"
#include "words.h"

namespace floe::sdp {
namespace {

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_host_name_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.';
}

bool is_host_name(std::string_view text) {
  // A text of only digits and dots was meant to be an address, and is a wrong address.
  return text.size() <= kHostNameSizeMax && std::ranges::all_of(text, is_host_name_char) &&
         text.find_first_not_of("0123456789.") != std::string_view::npos;
}

/// RFC 8866, section 9: proto = token *("/" token).
bool is_protocol(std::string_view text) {
  return is_token_char(text.empty() ? '/' : text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_token_char(c) || c == '/'; });
}

/// RFC 8122, section 5: two hexadecimal digits for each byte, colons between.
bool is_hex_pairs(std::string_view text) {
  if (text.size() > kFingerprintSizeMax || text.size() % 3 != 2) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != ':' : !is_hex_digit(text[i])) return false;
  }
  return true;
}

}  // namespace

std::optional<MediaSection> parse_media_line(std::string_view value) {
  if (value.size() > kMediaLineSizeMax || value.starts_with(' ')) return std::nullopt;
  Words words(value);
  const std::string_view media = words.next();
  const std::string_view port_and_count = words.next();
  const std::string_view protocol = words.next();
  const auto port =
      parse_number<std::uint16_t>(port_and_count.substr(0, port_and_count.find('/')), UINT16_MAX);
  if (!is_token(media) || !port || !is_protocol(protocol)) return std::nullopt;
  // Deviation: RFC 8866, section 9 wants a format. libnice, whose protocol this is, writes none.
  if (words.empty() && protocol != "ICE/SDP") return std::nullopt;
  MediaSection section;
  section.media = media;
  section.port = *port;
  section.protocol = protocol;
  section.formats = words.rest();
  return section;
}

std::optional<std::string> parse_connection(std::string_view value) {
  Words words(value);
  if (words.next() != "IN") return std::nullopt;
  const std::string_view type = words.next();
  if (type != "IP4" && type != "IP6") return std::nullopt;
  std::string_view host = words.next();
  host = host.substr(0, host.find('/'));  // after the slash: multicast's time to live and count
  if (!words.empty() || !is_host(host)) return std::nullopt;
  const auto ip = IpAddress::parse(host);
  if (ip && ip->is_ipv4() != (type == "IP4")) return std::nullopt;
  return std::string(host);
}

std::optional<RtcpDestination> parse_rtcp(std::string_view value) {
  Words words(value);
  const auto port = parse_number<std::uint16_t>(words.next(), UINT16_MAX);
  if (!port) return std::nullopt;
  if (words.empty()) return RtcpDestination{*port, {}};
  auto host = parse_connection(words.rest());
  if (!host) return std::nullopt;
  return RtcpDestination{*port, std::move(*host)};
}

std::optional<Setup> parse_setup(std::string_view value) {
  for (const Setup setup : {Setup::active, Setup::passive, Setup::actpass, Setup::holdconn}) {
    if (value == to_text(setup)) return setup;
  }
  return std::nullopt;
}

std::optional<Fingerprint> parse_fingerprint(std::string_view value) {
  Words words(value);
  const std::string_view algorithm = words.next();
  const std::string_view digits = words.next();
  // The hash function need not be known: a fingerprint of another one may be there beside it.
  if (!is_token(algorithm) || algorithm.size() > kFingerprintAlgorithmSizeMax ||
      !is_hex_pairs(digits) || !words.empty()) {
    return std::nullopt;
  }
  return Fingerprint{std::string(algorithm), std::string(digits)};
}

bool is_tls_id(std::string_view text) {
  return signal::is_valid_dtls_id(text);
}

bool is_mid(std::string_view text) {
  return is_token(text) && text.size() <= kMidSizeMax;
}

bool is_ice_option(std::string_view text) {
  return !text.empty() && text.size() <= kIceOptionSizeMax && std::ranges::all_of(text, is_visible);
}

bool is_host(std::string_view text) {
  return IpAddress::parse(text).has_value() || is_host_name(text);
}

}  // namespace floe::sdp
