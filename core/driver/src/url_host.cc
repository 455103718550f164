#include "url_host.h"

#include "floe/types/address.h"

namespace floe {
namespace {

/// "HOST" of "scheme://HOST:port/path", an IPv6 address without its brackets.
std::string_view host_of(std::string_view url) {
  constexpr std::string_view kBeforeHost = "://";
  const std::size_t begin = url.find(kBeforeHost);
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + kBeforeHost.size());
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with('[')) return url.substr(1, url.find(']') - 1);
  return url.substr(0, url.find(':'));
}

}  // namespace

bool is_on_this_host(std::string_view url) {
  const std::string_view host = host_of(url);
  const auto ip = IpAddress::parse(host);
  return ip ? ip->is_loopback() : host == "localhost";
}

}  // namespace floe
