// The table of everything that a gate remembers, beside a slow one.
#include "aged_table.h"

#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <map>
#include <set>

#include "floe/sim/seeded_random.h"

using namespace floe;
using namespace floe::consent;

namespace {

TransportAddress peer(std::uint32_t number) {
  return {IpAddress::v4(192, 0, 2, static_cast<std::uint8_t>(number >> 4)),
          static_cast<std::uint16_t>(number & 15)};
}

}  // namespace

TEST_CASE("an aged table keeps the entries and their order", "[consent]") {
  constexpr std::size_t kCapacity = 50;
  sim::SeededRandom random(1);
  AgedTable<TransportAddress, int, 2> table(kCapacity, {3, 4});
  std::map<TransportAddress, int> values;
  std::array<std::deque<TransportAddress>, 2> order;
  for (int step = 0; step < 20'000; ++step) {
    const TransportAddress key = peer(random.below(100));
    const std::size_t list = random.below(2);
    auto* entry = table.find(key);
    REQUIRE((entry != nullptr) == values.contains(key));
    if (entry == nullptr) {
      if (table.is_full()) {
        const std::size_t from = order[0].empty() ? 1 : 0;
        REQUIRE(table.oldest(from)->key == order[from].front());
        values.erase(order[from].front());
        order[from].pop_front();
        table.erase(*table.oldest(from));
      }
      table.add(key, list).value = step;
      values[key] = step;
      order[list].push_back(key);
    } else {
      REQUIRE(entry->value == values[key]);
      const std::size_t was = table.list_of(*entry);
      std::erase(order[was], key);
      if (random.below(3) == 0) {
        table.erase(*entry);
        values.erase(key);
      } else {
        table.move_to(list, *entry);
        order[list].push_back(key);
      }
    }
    REQUIRE(table.size() == values.size());
    REQUIRE(table.size(1) == order[1].size());
  }
}

TEST_CASE("the places in a table depend on its key", "[consent]") {
  std::set<std::size_t> places;
  for (std::uint64_t i = 0; i < 1000; ++i) places.insert(hash_of({i, 1}, peer(7)));
  CHECK(places.size() == 1000);
  // Addresses whose differences cancel in weaker hashes.
  std::set<std::size_t> addresses;
  for (int a = 0; a < 64; ++a) {
    for (int b = 0; b < 64; ++b) {
      std::array<std::uint8_t, 16> ip{};
      ip[static_cast<std::size_t>(a) / 8] = static_cast<std::uint8_t>(1 << a % 8);
      ip[8 + static_cast<std::size_t>(b) / 8] = static_cast<std::uint8_t>(1 << b % 8);
      addresses.insert(hash_of({1, 2}, {*IpAddress::from_bytes(ip), 9}) & 0xffffff);
    }
  }
  CHECK(addresses.size() > 4090);
}
