// What callbacks of the native C API may do, and what is refused.
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "c_host.h"
#include "floe/floe_native.h"

using namespace floe::c::test;

namespace {

/// A room that is told of its first states does something with its host.
struct Meddler {
  floe_host* host = nullptr;
  floe_room* room = nullptr;
  void (*act)(Meddler&) = nullptr;
  int times = 0;
  std::vector<floe_error> errors = {};
  std::vector<floe_room_state> states = {};

  static void on_state(void* user, floe_room_state state) {
    Meddler& self = *static_cast<Meddler*>(user);
    self.states.push_back(state);
    if (self.states.size() <= static_cast<std::size_t>(self.times)) self.act(self);
  }
  floe_error join() {
    Log none;
    floe_room_config config = to_nowhere(none);
    config.user = this;
    config.on_room_state = on_state;
    return floe_room_join(host, &config, &room);
  }
};

}  // namespace

TEST_CASE("a callback that runs its host gets an error", "[native][c]") {
  Log log;
  Meddler meddler;
  const OwnedHost host = make_host(log);
  meddler.host = host.get();
  meddler.times = 2;
  meddler.act = [](Meddler& self) {
    self.errors.push_back(floe_host_run(self.host));
    self.errors.push_back(floe_host_run_once(self.host, 0));
  };
  REQUIRE(meddler.join() == FLOE_OK);
  REQUIRE(meddler.states.size() == 1);  // connecting, from inside the function
  while (meddler.states.size() < 2) floe_host_run_once(host.get(), 100'000);
  CHECK(meddler.errors == std::vector<floe_error>(4, FLOE_ERROR_IN_CALLBACK));
  CHECK(floe_host_run_once(host.get(), 0) == FLOE_OK);
}

TEST_CASE("a callback may destroy its host, which ends after the function that called back",
          "[native][c]") {
  Log log;
  Meddler meddler;
  OwnedHost host = make_host(log);
  meddler.host = host.get();
  meddler.act = [](Meddler& self) {
    if (self.states.back() != FLOE_ROOM_WAITING && self.times == 2) return;
    floe_host_destroy(self.host);
    floe_host_destroy(self.host);
    CHECK(self.join() == FLOE_ERROR_CLOSED);
  };
  SECTION("while it runs") {
    meddler.times = 2;
    REQUIRE(meddler.join() == FLOE_OK);
    CHECK(floe_host_run(host.release()) == FLOE_ERROR_CLOSED);
  }
  SECTION("while it runs once") {
    meddler.times = 2;
    REQUIRE(meddler.join() == FLOE_OK);
    while (floe_host_run_once(meddler.host, 100'000) == FLOE_OK) {
    }
    host.release();
  }
  SECTION("in a function of a room") {
    meddler.times = 1;
    CHECK(meddler.join() == FLOE_ERROR_CLOSED);
    CHECK(meddler.room == nullptr);
    host.release();
  }
  CHECK(meddler.states.back() == FLOE_ROOM_CLOSED);
}

TEST_CASE("the last callbacks of a host may use it, and do not destroy it again", "[native][c]") {
  Log log;
  Meddler meddler;
  OwnedHost host = make_host(log);
  meddler.host = host.get();
  meddler.times = 9;
  meddler.act = [](Meddler& self) {
    if (self.states.back() != FLOE_ROOM_CLOSED) return;
    floe_room_send(self.room, 1, "x", 1);
    floe_room_leave(self.room);
    floe_host_destroy(self.host);
    self.errors.push_back(floe_host_run_once(self.host, 0));
  };
  REQUIRE(meddler.join() == FLOE_OK);
  host.reset();
  CHECK(meddler.errors == std::vector{FLOE_ERROR_IN_CALLBACK});
}
