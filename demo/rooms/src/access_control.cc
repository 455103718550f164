#include "floe/rooms/access_control.h"

#include <algorithm>

namespace floe::rooms {
namespace {

/// Whether `host` is a Host header that is allowed on loopback: "127.0.0.1:8080", "[::1]:8080" or
/// "localhost:8080". Other names are refused, also when an attacker made them point to 127.0.0.1.
bool is_loopback_host(std::string_view host) {
  const auto colon = host.rfind(':');
  const std::string_view name = host.substr(0, host.ends_with(']') ? host.npos : colon);
  if (name == "localhost") return true;
  const bool bracketed = name.size() > 2 && name.front() == '[' && name.back() == ']';
  const auto ip = IpAddress::parse(bracketed ? name.substr(1, name.size() - 2) : name);
  return ip && ip->is_loopback();
}

/// The host and port of an origin, "http://host:port".
std::string_view authority_of(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  return scheme_end == origin.npos ? std::string_view() : origin.substr(scheme_end + 3);
}

}  // namespace

bool AccessControl::admits_origin(const native::RequestHead& request) const {
  if (access_.open && !is_loopback_host(request.host)) return false;
  if (request.origin.empty()) return true;
  if (std::ranges::find(access_.origins, request.origin) != access_.origins.end()) return true;
  // The page of a developer comes from a server of its own on this machine.
  if (access_.open && is_loopback_host(authority_of(request.origin))) return true;
  return access_.origins.empty() && !request.host.empty() &&
         authority_of(request.origin) == request.host;
}

std::string AccessControl::refusal_of(const native::RequestHead& request) {
  const std::string page = request.origin.empty() ? "no page" : "the page of " + request.origin;
  return "refused " + request.peer.to_text() + " " + request.path + ": it comes from " + page +
         " and asks for the host " + request.host + "; --origin names the pages that may";
}

bool AccessControl::admits_token(std::string_view token) const {
  return access_.open || equal_in_constant_time(as_bytes(token), as_bytes(access_.secret));
}

}  // namespace floe::rooms
