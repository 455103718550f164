// How long the gateway knows a name.
#include "name_cache.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe;
using namespace floe::gateway;

namespace {

const KnownName kFound{{IpAddress::v4(192, 0, 2, 1)}, false};
const KnownName kUnknown{{}, true};

}  // namespace

TEST_CASE("a name is known for a while, in whatever letters it is asked for", "[gateway]") {
  NameCache cache;
  const Timestamp start{};
  CHECK(cache.find(start, "a.example") == nullptr);
  cache.keep(start, "A.example", kFound);
  REQUIRE(cache.find(start + NameCache::kFoundFor - 1ms, "a.EXAMPLE") != nullptr);
  CHECK(cache.find(start, "a.example")->addresses == kFound.addresses);
  CHECK(cache.find(start + NameCache::kFoundFor, "a.example") == nullptr);
  CHECK(cache.find(start, "b.example") == nullptr);
}

TEST_CASE("that nobody has a name is known for less, that nobody answered not at all",
          "[gateway]") {
  NameCache cache;
  const Timestamp start{};
  cache.keep(start, "nobody.example", kUnknown);
  cache.keep(start, "silent.example", {});
  REQUIRE(cache.find(start + NameCache::kUnknownFor - 1ms, "nobody.example") != nullptr);
  CHECK(cache.find(start + NameCache::kUnknownFor, "nobody.example") == nullptr);
  CHECK(cache.find(start, "silent.example") == nullptr);
}

TEST_CASE("of more names than fit the oldest is forgotten", "[gateway]") {
  NameCache cache;
  const auto name = [](std::size_t i) { return std::to_string(i) + ".example"; };
  for (std::size_t i = 0; i <= NameCache::kNamesMax; ++i) cache.keep({}, name(i), kFound);
  CHECK(cache.find({}, name(0)) == nullptr);
  CHECK(cache.find({}, name(1)) != nullptr);
  CHECK(cache.find({}, name(NameCache::kNamesMax)) != nullptr);
}
