// The URLs of WebSockets: nothing of them can break out of a request line or of a field.
#include "web_socket_url.h"

#include <algorithm>

#include "floe/types/bytes.h"
#include "invariant.h"

using namespace floe;
using floe::fuzz::expect;

namespace {

bool is_harmless(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const auto url = native::WebSocketUrl::parse(text);
  if (!url) return 0;
  expect(text.starts_with(url->secure ? "wss:" : "ws:") || text.starts_with("W") ||
             text.starts_with("w"),
         "another scheme");
  expect(!url->host.empty() && url->port != 0, "a server without host or port");
  expect(is_harmless(url->authority) && is_harmless(url->resource), "bytes that end a field");
  expect(url->resource.starts_with('/'), "a resource without a path");
  expect(url->resource.find('#') == std::string::npos, "a fragment is sent");
  expect(url->authority.find_first_of("/@?#") == std::string::npos, "more than host and port");
  return 0;
}
