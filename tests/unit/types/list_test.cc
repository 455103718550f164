// A vector of plain things, of which one function takes care.
#include "floe/types/list.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <optional>
#include <vector>

using floe::List;

namespace {

List<std::uint16_t> numbers(std::uint16_t count) {
  List<std::uint16_t> all;
  for (std::uint16_t i = 0; i < count; ++i) all.push_back(i);
  return all;
}

}  // namespace

TEST_CASE("a list keeps what is added while it grows", "[types]") {
  const auto all = numbers(1000);
  REQUIRE(all.size() == 1000);
  for (std::uint16_t i = 0; i < 1000; ++i) CHECK(all[i] == i);
}

TEST_CASE("a list may be given one of its own elements when it is full", "[types]") {
  auto all = numbers(4);
  while (all.size() < all.capacity()) all.push_back(7);
  const auto size = all.size();
  all.push_back(all[1]);
  CHECK(all.capacity() > size);
  CHECK(all.back() == 1);
}

TEST_CASE("a list closes the gap of what is erased", "[types]") {
  auto all = numbers(6);
  all.erase(all.begin() + 1);
  CHECK(all == std::vector<std::uint16_t>{0, 2, 3, 4, 5});
  all.erase(all.begin() + 1, all.begin() + 3);
  CHECK(all == std::vector<std::uint16_t>{0, 4, 5});
  CHECK(all.erase_if([](std::uint16_t number) { return number > 3; }) == 2);
  CHECK(all == std::vector<std::uint16_t>{0});
  all.remove(0);
  CHECK(all.empty());
}

TEST_CASE("a copy of a list is another list, and a moved one takes the elements along", "[types]") {
  auto all = numbers(3);
  const auto copy = all;
  all.push_back(9);
  CHECK(copy == std::vector<std::uint16_t>{0, 1, 2});
  const auto moved = std::move(all);
  CHECK(moved.size() == 4);
  all = copy;
  CHECK(all == copy);
}

TEST_CASE("a list that is assigned gives up what it had", "[types]") {
  List<int> list;
  list.push_back(1);
  const List<int> other = list;
  list = {};
  CHECK(list.empty());
  list = other;
  CHECK(list == other);
  List<int>& same = list;
  list = same;
  CHECK(list == other);
}

TEST_CASE("a list that is made longer has default elements", "[types]") {
  List<std::optional<int>> all;
  all.push_back(5);
  all.resize(3);
  CHECK(all == std::vector<std::optional<int>>{5, std::nullopt, std::nullopt});
  all.resize(1);
  CHECK(all.size() == 1);
}

TEST_CASE("a list makes room for as many elements as it is told", "[types]") {
  List<int> list;
  list.push_back(7);
  list.reserve(100);
  CHECK(list.capacity() == 100);
  const int* const first = list.data();
  while (list.size() < 100) list.push_back(8);
  CHECK(list.data() == first);
  CHECK(list[0] == 7);
  list.reserve(5);
  CHECK(list.capacity() == 100);
}
