// A limit for the objects of one key.
#include "keyed_quota.h"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

using namespace floe::gateway;

TEST_CASE("a quota by key counts each key for itself", "[gateway]") {
  KeyedQuota<std::string> quota;
  auto first = quota.take("alice", 2);
  auto second = quota.take("alice", 2);
  REQUIRE(first);
  REQUIRE(second);
  CHECK_FALSE(quota.take("alice", 2));
  CHECK(quota.take("bob", 2));
  CHECK_FALSE(quota.take("carol", 0));
  CHECK(quota.key_count() == 1);
  first.reset();
  CHECK(quota.take("alice", 2));
}

TEST_CASE("nothing of a quota is left after ten thousand comings and goings", "[gateway]") {
  KeyedQuota<int> quota;
  std::minstd_rand random(7);
  std::vector<KeyedQuota<int>::Token> held;
  for (int i = 0; i < 10'000; ++i) {
    if (random() % 2 == 0) {
      if (auto token = quota.take(static_cast<int>(random() % 20), 5)) {
        held.push_back(std::move(*token));
      }
    } else if (!held.empty()) {
      std::swap(held[random() % held.size()], held.back());
      held.pop_back();
    }
    for (int key = 0; key < 20; ++key) REQUIRE(quota.used(key) <= 5);
  }
  held.clear();
  CHECK(quota.key_count() == 0);
}
