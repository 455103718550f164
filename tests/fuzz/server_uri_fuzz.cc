// The URIs of servers: what is read is within its limits, and its parts make the same URI again.
#include "floe/driver/server_uri.h"
#include "floe/types/bytes.h"
#include "invariant.h"

using namespace floe;
using floe::fuzz::expect;

namespace {

std::string_view scheme_of(const ServerUri& uri) {
  switch (uri.scheme) {
    case ServerScheme::stun:
      return "stun:";
    case ServerScheme::stuns:
      return "stuns:";
    case ServerScheme::turn:
      return "turn:";
    case ServerScheme::turns:
      return "turns:";
  }
  return {};
}

std::string made_of(const ServerUri& uri) {
  const bool is_ipv6 = uri.host.find(':') != std::string::npos;
  std::string made(scheme_of(uri));
  made += is_ipv6 ? "[" + uri.host + "]" : uri.host;
  made += ":" + std::to_string(uri.port);
  if (uri.is_turn()) {
    made += uri.transport == ServerTransport::tcp ? "?transport=tcp" : "?transport=udp";
  }
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const auto uri = parse_server_uri(text);
  if (!uri) {
    expect(!to_text(uri.error()).empty(), "an error without a text");
    return 0;
  }
  expect(size <= kServerUriSizeMax, "a URI that is too long");
  expect(uri->text == text, "another text than was read");
  expect(!uri->host.empty() && uri->port != 0, "a server without host or port");
  const std::string made = made_of(*uri);
  if (made.size() > kServerUriSizeMax) return 0;
  const auto again = parse_server_uri(made);
  expect(again.has_value(), "its parts are no URI");
  expect(again->host == uri->host && again->port == uri->port && again->scheme == uri->scheme &&
             again->transport == uri->transport,
         "its parts are another URI");
  return 0;
}
