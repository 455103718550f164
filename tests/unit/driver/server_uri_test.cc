// URIs of STUN and TURN servers (RFC 7064, RFC 7065), the wrong ones, too.
#include "floe/driver/server_uri.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <optional>
#include <set>

using namespace floe;

namespace {

ServerUri read(std::string_view text) {
  const auto uri = parse_server_uri(text);
  CAPTURE(text);
  REQUIRE(uri);
  return *uri;
}

std::optional<ServerUriError> error_of(std::string_view text) {
  const auto uri = parse_server_uri(text);
  if (uri) return std::nullopt;
  return uri.error();
}

}  // namespace

TEST_CASE("a server has the port and transport of its scheme", "[driver]") {
  CHECK(read("stun:example.org").port == 3478);
  CHECK(read("stuns:example.org").port == 5349);
  CHECK(read("turn:example.org").port == 3478);
  CHECK(read("turns:example.org").port == 5349);
  CHECK(read("stun:example.org").transport == ServerTransport::udp);
  CHECK(read("stuns:example.org").transport == ServerTransport::tcp);
  CHECK(read("turn:example.org").transport == ServerTransport::udp);
  CHECK(read("turns:example.org").transport == ServerTransport::tcp);
  CHECK_FALSE(read("stun:example.org").is_turn());
  CHECK(read("turns:example.org").is_turn());
  CHECK(read("turns:example.org").is_secure());
}

TEST_CASE("port and transport can be said", "[driver]") {
  const ServerUri uri = read("turn:example.org:443?transport=tcp");
  CHECK(uri.host == "example.org");
  CHECK(uri.port == 443);
  CHECK(uri.transport == ServerTransport::tcp);
  CHECK(uri.text == "turn:example.org:443?transport=tcp");
  CHECK(read("turns:example.org?transport=udp").transport == ServerTransport::udp);
  CHECK(read("stun:example.org:1").port == 1);
  CHECK(read("stun:example.org:65535").port == 65535);
}

TEST_CASE("the host is a name or an address", "[driver]") {
  CHECK(read("stun:192.0.2.1").host == "192.0.2.1");
  CHECK(read("stun:[2001:db8::1]").host == "2001:db8::1");
  CHECK(read("stun:[2001:db8::1]:3479").port == 3479);
  CHECK(read("stun:stun-1.sub_domain.example.org.").host == "stun-1.sub_domain.example.org.");
}

TEST_CASE("scheme and transport are the same in any case", "[driver]") {
  CHECK(read("STUN:example.org").scheme == ServerScheme::stun);
  CHECK(read("Turns:example.org").scheme == ServerScheme::turns);
  CHECK(read("turn:192.0.2.1:3478?transport=TCP").transport == ServerTransport::tcp);
  CHECK(read("TURNS:example.org?Transport=Udp").transport == ServerTransport::udp);
}

TEST_CASE("what is no server is refused for its reason", "[driver]") {
  const auto [text, error] = GENERATE(table<const char*, ServerUriError>({
      {"", ServerUriError::bad_scheme},
      {"stun", ServerUriError::bad_scheme},
      {":example.org", ServerUriError::bad_scheme},
      {"http:example.org", ServerUriError::bad_scheme},
      {"stunx:example.org", ServerUriError::bad_scheme},
      {"stun ", ServerUriError::bad_scheme},
      {"stun:", ServerUriError::bad_host},
      {"stun:?", ServerUriError::bad_host},
      {"stun://example.org", ServerUriError::bad_host},
      {"stun:user@example.org", ServerUriError::bad_host},
      {"stun:exa mple.org", ServerUriError::bad_host},
      {"stun:ex\nample.org", ServerUriError::bad_host},
      {"stun:ex%61mple.org", ServerUriError::bad_host},
      {"stun:[]", ServerUriError::bad_host},
      {"stun:[2001:db8::1", ServerUriError::bad_host},
      {"stun:[2001:db8::1]3478", ServerUriError::bad_host},
      {"stun:[fe80::1%25eth0]", ServerUriError::bad_host},
      {"stun:[example.org]", ServerUriError::bad_host},
      {"stun:[192.0.2.1]", ServerUriError::bad_host},
      {"stun:example.org/path", ServerUriError::bad_host},
      {"stun:example.org:", ServerUriError::bad_port},
      {"stun:example.org:0", ServerUriError::bad_port},
      {"stun:example.org:65536", ServerUriError::bad_port},
      {"stun:example.org:-1", ServerUriError::bad_port},
      {"stun:example.org:+1", ServerUriError::bad_port},
      {"stun:example.org:12x", ServerUriError::bad_port},
      {"stun:2001:db8::1", ServerUriError::bad_port},
      {"stun:example.org?transport=udp", ServerUriError::bad_transport},
      {"turn:example.org?", ServerUriError::bad_transport},
      {"turn:example.org?transport=", ServerUriError::bad_transport},
      {"turn:example.org?transport=sctp", ServerUriError::bad_transport},
      {"turn:example.org?transport=udp&x=y", ServerUriError::bad_transport},
      {"turn:example.org?x=y", ServerUriError::bad_transport},
  }));
  CAPTURE(text);
  CHECK(error_of(text) == error);
}

TEST_CASE("a URI has an end", "[driver]") {
  const std::string longest = "stun:" + std::string(kServerUriSizeMax - 5, 'a');
  CHECK(parse_server_uri(longest));
  CHECK(error_of(longest + "a") == ServerUriError::too_long);
}

TEST_CASE("each reason to refuse a server has a text of its own", "[driver]") {
  std::set<std::string_view> texts;
  for (const auto error :
       {ServerUriError::too_long, ServerUriError::bad_scheme, ServerUriError::bad_host,
        ServerUriError::bad_port, ServerUriError::bad_transport}) {
    CHECK(texts.insert(to_text(error)).second);
  }
}
