#include "floe/rooms/origins.h"

#include <algorithm>

#include "floe/types/address.h"
#include "floe/types/letter_case.h"

namespace floe::rooms {
namespace {

constexpr std::string_view kStar = "*.";

/// A label of a host name as browsers write it (RFC 1123, section 2.1).
bool is_label(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

std::string_view authority_of(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  return scheme_end == origin.npos ? std::string_view() : origin.substr(scheme_end + 3);
}

bool matches_origin(std::string_view pattern, std::string_view origin) {
  const std::string_view host = authority_of(pattern);
  if (!host.starts_with(kStar)) return pattern == origin && !host.empty();
  const std::string_view before = pattern.substr(0, pattern.size() - host.size());
  const std::string_view after = host.substr(1);  // from the dot
  if (!origin.starts_with(before) || !origin.ends_with(after)) return false;
  if (origin.size() <= before.size() + after.size()) return false;
  return is_label(origin.substr(before.size(), origin.size() - before.size() - after.size()));
}

std::string origin_objection(const std::string& text) {
  const std::size_t scheme_end = text.find("://");
  const std::string scheme = text.substr(0, scheme_end == text.npos ? 0 : scheme_end);
  if (scheme != "https" && scheme != "http") {
    return "\"" + text + "\" is not an origin: it begins with https:// or http://";
  }
  const std::string whole = text.substr(scheme_end + 3);
  const bool has_star = whole.starts_with(kStar);
  const std::string host = has_star ? whole.substr(kStar.size()) : whole;
  if (host.empty() || host.find_first_of("/?#@ *") != host.npos) {
    return "\"" + text +
           "\" is not an origin: it is scheme, host and port alone, without a path; a star stands "
           "for the first label only, as in https://*.example.org";
  }
  if (has_star && host.find('.') == host.npos) {
    return "\"" + text + "\" would admit everybody with a name under " + host;
  }
  if (host.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != host.npos) {
    return "\"" + text + "\": browsers write the host of an origin in small letters";
  }
  if (host.ends_with(scheme == "https" ? ":443" : ":80")) {
    return "\"" + text + "\": browsers leave the port out where it is that of the scheme";
  }
  return {};
}

bool matches_host(std::string_view pattern, std::string_view host) {
  if (equal_ignoring_case(pattern, host)) return !host.empty();
  // The port, which begins behind the bracket of an IPv6 address.
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  const bool has_port = colon != host.npos && (bracket == host.npos || colon > bracket);
  return has_port && equal_ignoring_case(pattern, host.substr(0, colon));
}

bool is_loopback_host(std::string_view host) {
  const auto colon = host.rfind(':');
  const std::string_view name = host.substr(0, host.ends_with(']') ? host.npos : colon);
  if (name == "localhost") return true;
  const bool bracketed = name.size() > 2 && name.front() == '[' && name.back() == ']';
  const auto ip = IpAddress::parse(bracketed ? name.substr(1, name.size() - 2) : name);
  return ip && ip->is_loopback();
}

}  // namespace floe::rooms
