#include "floe/signal/offers.h"

#include <catch2/catch_test_macros.hpp>

namespace floe::signal::test {
namespace {

TEST_CASE("offers have what was added, in that order, and nothing else", "[signal][offers]") {
  Offers offers;
  CHECK(offers.empty());
  CHECK_FALSE(offers.has("echo"));
  CHECK_FALSE(offers.has(""));
  offers.add("echo");
  offers.add("log");
  CHECK_FALSE(offers.empty());
  CHECK(offers.has("echo"));
  CHECK(offers.has("log"));
  for (const char* other : {"", "ech", "cho", "echo log", "echo ", "Echo"}) {
    CAPTURE(other);
    CHECK_FALSE(offers.has(other));
  }
  CHECK(offers.names() == std::vector<std::string_view>{"echo", "log"});
  CHECK(offers == Offers({"echo", "log"}));
  CHECK(offers == Offers::from_text(offers.text()));
}

TEST_CASE("a text without the last space is taken all the same", "[signal][offers]") {
  CHECK(Offers::from_text("echo").names() == std::vector<std::string_view>{"echo"});
  CHECK(Offers::from_text(" ").names() == std::vector<std::string_view>{""});
}

}  // namespace
}  // namespace floe::signal::test
