#include "quota.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using floe::gateway::Quota;

TEST_CASE("a quota gives out what it has, and takes back what is destroyed", "[gateway]") {
  Quota quota(2);
  auto first = quota.take();
  {
    const auto second = quota.take();
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(quota.take());
  }
  CHECK(quota.used() == 1);
  CHECK(quota.take());
  CHECK(quota.used() == 1);
}

TEST_CASE("a token that moves is one token", "[gateway]") {
  Quota quota(3);
  std::vector<Quota::Token> tokens;
  tokens.push_back(std::move(*quota.take()));
  tokens.push_back(std::move(*quota.take()));
  tokens.push_back(std::move(*quota.take()));
  CHECK(quota.used() == 3);
  tokens.erase(tokens.begin());
  CHECK(quota.used() == 2);
  tokens[0] = std::move(tokens[1]);
  tokens.clear();
  CHECK(quota.used() == 0);
}
