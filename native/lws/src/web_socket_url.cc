#include "web_socket_url.h"

#include <algorithm>
#include <charconv>

namespace floe::native {
namespace {

constexpr std::size_t kUrlMax = 2048;

bool is_allowed(char c) {
  return c > 0x20 && c < 0x7f && c != '\\';
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0) {
    return std::nullopt;
  }
  return port;
}

}  // namespace

std::optional<WebSocketUrl> WebSocketUrl::parse(std::string_view text) {
  if (text.size() > kUrlMax || !std::ranges::all_of(text, is_allowed)) return std::nullopt;
  WebSocketUrl url;
  if (take_prefix(text, "wss://")) {
    url.secure = true;
  } else if (!take_prefix(text, "ws://")) {
    return std::nullopt;
  }
  url.port = url.secure ? 443 : 80;
  text = text.substr(0, text.find('#'));
  const std::string_view authority = text.substr(0, text.find_first_of("/?"));
  url.resource = text.substr(authority.size());
  if (!url.resource.starts_with('/')) url.resource.insert(0, "/");
  url.authority = authority;
  if (authority.find('@') != std::string_view::npos) return std::nullopt;

  std::string_view rest = authority;
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    url.host = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  } else {
    url.host = rest.substr(0, rest.find(':'));
    rest.remove_prefix(url.host.size());
  }
  if (url.host.empty()) return std::nullopt;
  if (rest.empty()) return url;
  const std::optional<std::uint16_t> port =
      rest.front() == ':' ? parse_port(rest.substr(1)) : std::nullopt;
  if (!port) return std::nullopt;
  url.port = *port;
  return url;
}

}  // namespace floe::native
