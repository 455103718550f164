#include "floe/native/system_random.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <set>

using namespace floe;

namespace {

using Id = std::array<std::uint8_t, 12>;

Id draw(native::SystemRandom& random) {
  Id id{};
  random.fill(id);
  return id;
}

}  // namespace

TEST_CASE("no two draws are alike, within what was fetched at once and beyond", "[native]") {
  native::SystemRandom random;
  std::set<Id> seen;
  for (int i = 0; i < 1000; ++i) CHECK(seen.insert(draw(random)).second);
}

TEST_CASE("long draws are filled to the end", "[native]") {
  native::SystemRandom random;
  ByteVector bytes(5000);
  random.fill(bytes);
  CHECK(std::count(bytes.end() - 64, bytes.end(), 0) < 32);
}

TEST_CASE("a child does not repeat what its parent draws", "[native]") {
  native::SystemRandom random;
  (void)draw(random);  // the pool is full
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const Id own = draw(random);
    _exit(write(ends[1], own.data(), own.size()) == ssize_t{12} ? 0 : 1);
  }
  Id of_child{};
  CHECK(read(ends[0], of_child.data(), of_child.size()) == ssize_t{12});
  int status = 1;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(of_child != draw(random));
  close(ends[0]);
  close(ends[1]);
}
