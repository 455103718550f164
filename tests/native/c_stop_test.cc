// Stopping a host of the C API from outside of its thread.
#include <pthread.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "c_host.h"
#include "floe/floe_native.h"

using namespace floe::c::test;

TEST_CASE("another thread stops a host", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    floe_host_stop(host.get());
  });
  CHECK(floe_host_run(host.get()) == FLOE_OK);
  other.join();
}

TEST_CASE("another thread ends the wait of a host that is run once", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  floe_host_run_once(host.get(), 0);
  std::thread other([&] { floe_host_stop(host.get()); });
  CHECK(floe_host_run_once(host.get(), -1) == FLOE_OK);
  other.join();
}

TEST_CASE("a signal handler stops a host, also before it runs", "[native][c]") {
  static floe_host* stopped = nullptr;
  Log log;
  const OwnedHost host = make_host(log);
  stopped = host.get();
  const auto previous = std::signal(SIGUSR1, [](int) { floe_host_stop(stopped); });
  raise(SIGUSR1);
  CHECK(floe_host_run(host.get()) == FLOE_OK);
  std::thread other([main = pthread_self()] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    pthread_kill(main, SIGUSR1);
  });
  CHECK(floe_host_run(host.get()) == FLOE_OK);
  other.join();
  std::signal(SIGUSR1, previous);
}
