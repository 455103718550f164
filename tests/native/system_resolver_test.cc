#include "floe/native/system_resolver.h"

#include <sched.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <mutex>

#include "loop_runner.h"

namespace floe::native {
namespace {

struct Told final : ResolveListener {
  std::optional<std::vector<IpAddress>> addresses;
  std::string error;
  int times = 0;
  std::unique_ptr<NameResolution>* destroyed_inside = nullptr;

  void on_resolved(const std::vector<IpAddress>& found, std::string_view why) override {
    addresses = found;
    error = why;
    ++times;
    if (destroyed_inside != nullptr) destroyed_inside->reset();
  }
};

/// A system that answers "stuck…" only when it is told to. Shared with threads that may outlive the
/// test's resolver.
struct Gate {
  std::mutex mutex;
  std::condition_variable opened;
  bool is_open = false;
  int stuck = 0;

  void wait() {
    std::unique_lock lock(mutex);
    ++stuck;
    opened.wait(lock, [&] { return is_open; });
    --stuck;
  }
  void open() {
    const std::lock_guard lock(mutex);
    is_open = true;
    opened.notify_all();
  }
  int stuck_now() {
    const std::lock_guard lock(mutex);
    return stuck;
  }
};

NameLookupFunction looking_up(std::shared_ptr<Gate> gate) {
  return [gate](const std::string& name) {
    if (name.starts_with("stuck")) gate->wait();
    return NameLookup{{IpAddress::v4(192, 0, 2, 1)}, {}, false};
  };
}

/// Opens at the end, so that no thread stays behind in the test's process.
struct OpenAtEnd {
  std::shared_ptr<Gate> gate;
  ~OpenAtEnd() {
    gate->open();
    while (gate->stuck_now() > 0) sched_yield();
  }
};

}  // namespace

TEST_CASE("the names of this machine are resolved, /etc/hosts among them", "[native][resolver]") {
  Loop loop;
  SystemResolver resolver(loop);
  Told told;
  const auto resolution = resolver.resolve("localhost", told);
  CHECK_FALSE(told.addresses);
  REQUIRE(test::run_until(loop, [&] { return told.addresses.has_value(); }));
  REQUIRE_FALSE(told.addresses->empty());
  for (const IpAddress& ip : *told.addresses) CHECK(ip.is_loopback());
}

TEST_CASE("a name that nobody has is told apart from one that got no answer",
          "[native][resolver]") {
  Loop loop;
  bool is_unknown = false;
  SystemResolver resolver(loop, [&](const std::string& name) {
    return NameLookup{{}, "no luck", name == "unknown"};
  });
  Told told;
  SECTION("unknown") {
    is_unknown = true;
  }
  SECTION("no answer") {
    is_unknown = false;
  }
  const auto resolution = resolver.resolve_name(is_unknown ? "unknown" : "silent", told);
  REQUIRE(test::run_until(loop, [&] { return told.times > 0; }));
  CHECK(told.addresses->empty());
  CHECK(told.error == "no luck");
  CHECK(resolution->is_unknown() == is_unknown);
}

TEST_CASE("what is no host name is refused, but never from inside resolve()",
          "[native][resolver]") {
  Loop loop;
  SystemResolver resolver(loop);
  for (const std::string& name : {std::string(), std::string(254, 'a'), std::string("a\0b", 3)}) {
    Told told;
    const auto resolution = resolver.resolve(name, told);
    CHECK(told.times == 0);
    REQUIRE(test::run_until(loop, [&] { return told.times > 0; }));
    CHECK(told.error == "not a host name");
  }
}

TEST_CASE("a stuck lookup delays neither the loop nor other names", "[native][resolver]") {
  Loop loop;
  const OpenAtEnd gate{std::make_shared<Gate>()};
  SystemResolver resolver(loop, looking_up(gate.gate));
  Told stuck;
  Told other;
  const auto first = resolver.resolve("stuck", stuck);
  const auto second = resolver.resolve("other", other);
  REQUIRE(test::run_until(
      loop, [&] { return other.times == 1; }, 2s));
  CHECK(stuck.times == 0);
  gate.gate->open();
  REQUIRE(test::run_until(loop, [&] { return stuck.times == 1; }));
}

TEST_CASE("a lookup that never ends is answered after five seconds", "[native][resolver]") {
  Loop loop;
  const OpenAtEnd gate{std::make_shared<Gate>()};
  SystemResolver resolver(loop, looking_up(gate.gate));
  Told told;
  const Timestamp asked = loop.now();
  const auto resolution = resolver.resolve("stuck", told);
  REQUIRE(test::run_until(
      loop, [&] { return told.times == 1; }, 7s));
  CHECK(loop.now() - asked >= SystemResolver::kPatience);
  CHECK(told.error == "no answer within 5 seconds");
  gate.gate->open();
  test::run_for(loop, 50ms);
  CHECK(told.times == 1);
}

TEST_CASE("more names than threads wait their turn, and more than the limit are refused",
          "[native][resolver]") {
  Loop loop;
  const OpenAtEnd gate{std::make_shared<Gate>()};
  SystemResolver resolver(loop, looking_up(gate.gate));
  std::vector<Told> told(SystemResolver::kQuestionsMax + 1);
  std::vector<std::unique_ptr<Resolution>> resolutions;
  for (Told& one : told) resolutions.push_back(resolver.resolve("stuck", one));
  REQUIRE(test::run_until(loop, [&] { return told.back().times == 1; }));
  CHECK(told.back().error == "too many names are being looked up");
  gate.gate->open();
  REQUIRE(test::run_until(loop, [&] {
    return std::ranges::all_of(told, [](const Told& one) { return one.times == 1; });
  }));
  CHECK(told.front().addresses->size() == 1);
}

TEST_CASE("slow names of one asker delay nobody else's", "[native][resolver]") {
  Loop loop;
  const OpenAtEnd gate{std::make_shared<Gate>()};
  SystemResolver resolver(loop, looking_up(gate.gate));
  std::vector<Told> slow(40);
  std::vector<std::unique_ptr<NameResolution>> resolutions;
  for (Told& one : slow) resolutions.push_back(resolver.resolve_name("stuck", one, 1));
  Told other;
  const auto resolution = resolver.resolve_name("other", other, 2);
  REQUIRE(test::run_until(
      loop, [&] { return other.times == 1; }, 2s));
  CHECK(gate.gate->stuck_now() == 2);
  Told own;
  const auto waits = resolver.resolve_name("other", own, 1);
  test::run_for(loop, 50ms);
  CHECK(own.times == 0);
  gate.gate->open();
  REQUIRE(test::run_until(loop, [&] { return own.times == 1; }));
}

TEST_CASE("what an asker leaves behind takes no thread from others", "[native][resolver]") {
  Loop loop;
  const OpenAtEnd gate{std::make_shared<Gate>()};
  SystemResolver resolver(loop, looking_up(gate.gate));
  Told told;
  for (AskerId asker = 1; asker <= 20; ++asker) {
    const auto first = resolver.resolve_name("stuck", told, asker);
    const auto second = resolver.resolve_name("stuck", told, asker);
    REQUIRE(test::run_until(loop, [&] { return gate.gate->stuck_now() == 2 * int(asker); }));
  }
  Told other;
  const auto resolution = resolver.resolve_name("other", other, 21);
  REQUIRE(test::run_until(
      loop, [&] { return other.times == 1; }, 2s));
  CHECK(told.times == 0);
}

TEST_CASE("a resolution that is taken back is silent, also from inside its answer",
          "[native][resolver]") {
  Loop loop;
  const OpenAtEnd gate{std::make_shared<Gate>()};
  SystemResolver resolver(loop, looking_up(gate.gate));
  Told withdrawn;
  Told inside;
  auto stuck = resolver.resolve("stuck", withdrawn);
  auto answered = resolver.resolve_name("other", inside);
  inside.destroyed_inside = &answered;
  stuck.reset();
  gate.gate->open();
  REQUIRE(test::run_until(loop, [&] { return inside.times == 1; }));
  CHECK(answered == nullptr);
  test::run_for(loop, 50ms);
  CHECK(withdrawn.times == 0);
}

TEST_CASE("a resolver ends while a lookup is stuck", "[native][resolver]") {
  const OpenAtEnd gate{std::make_shared<Gate>()};
  Loop loop;
  Told told;
  {
    SystemResolver resolver(loop, looking_up(gate.gate));
    const auto resolution = resolver.resolve("stuck", told);
    REQUIRE(test::run_until(loop, [&] { return gate.gate->stuck_now() == 1; }));
  }
  gate.gate->open();
  test::run_for(loop, 20ms);
  CHECK(told.times == 0);
}

}  // namespace floe::native
