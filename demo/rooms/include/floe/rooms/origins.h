// Which pages may connect: origins (RFC 6454, section 6.2), or all of a domain's direct children.
#pragma once

#include <string>
#include <string_view>

namespace floe::rooms {

/// Whether `origin`, as a browser sent it, is meant by `pattern`: the same scheme, host and port,
/// as texts. "https://*.example.org" stands for one label in place of the star: www.example.org,
/// not example.org and not a.b.example.org. "null" is nobody's.
bool matches_origin(std::string_view pattern, std::string_view origin);

/// What is wrong with a pattern; empty: nothing. A browser compares texts, so one that is written
/// in another way would admit nobody.
std::string origin_objection(const std::string& pattern);

/// Whether a Host header (RFC 9110, section 7.2) is meant by `pattern`: a host, which has any port,
/// or a host with its port. Hosts have no upper and lower case.
bool matches_host(std::string_view pattern, std::string_view host);

/// Whether `host` is a Host header of loopback: "127.0.0.1:8080", "[::1]:8080" or "localhost:8080".
/// Other names are not, also when an attacker made them point to 127.0.0.1.
bool is_loopback_host(std::string_view host);

/// The host and port of an origin, "http://host:port".
std::string_view authority_of(std::string_view origin);

}  // namespace floe::rooms
