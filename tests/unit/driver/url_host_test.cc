#include "url_host.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace floe;

TEST_CASE("a server on this host is told from others by its URL", "[driver]") {
  const auto [url, is_here] = GENERATE(table<std::string_view, bool>({
      {"ws://127.0.0.1:8080/signal/demo", true},
      {"ws://127.9.9.9/signal", true},
      {"wss://localhost/signal", true},
      {"ws://localhost:8080", true},
      {"ws://[::1]:8080/signal", true},
      {"ws://[::1]", true},
      {"ws://192.0.2.1/127.0.0.1", false},
      {"ws://localhost.example.org/", false},
      {"ws://127.0.0.1.example.org/", false},
      {"ws://[2001:db8::1]:8080/", false},
      {"ws://example.org?localhost", false},
      {"ws://", false},
      {"ws://[", false},
      {"127.0.0.1:8080", false},
      {"", false},
  }));
  CAPTURE(url);
  CHECK(is_on_this_host(url) == is_here);
}
