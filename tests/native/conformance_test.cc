// The host for Linux keeps what platform/api promises.
#include <catch2/catch_test_macros.hpp>

#include "floe/conformance/host_check.h"
#include "floe/native/system_host.h"
#include "loop_runner.h"

namespace floe::native {
namespace {

class NativeUnderTest final : public conformance::HostUnderTest {
 public:
  explicit NativeUnderTest(Family family) : host_(options(family)), family_(family) {}
  Host api() override { return host_.api(); }
  void run_for(Duration span) override { test::run_for(host_.loop(), span); }
  IpAddress address() override { return IpAddress::loopback(family_); }

 private:
  static SystemHostOptions options(Family family) {
    SystemHostOptions options;
    options.only_addresses = {IpAddress::loopback(family)};
    return options;
  }

  SystemHost host_;
  Family family_;
};

TEST_CASE("the native host keeps what platform/api promises", "[native][conformance]") {
  NativeUnderTest host(Family::ipv4);
  CHECK(conformance::check_host(host) == std::vector<std::string>());
}

TEST_CASE("the native host keeps it over IPv6, too", "[native][conformance]") {
  NativeUnderTest host(Family::ipv6);
  CHECK(conformance::check_host(host) == std::vector<std::string>());
}

}  // namespace
}  // namespace floe::native
