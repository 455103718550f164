// The host of WebAssembly, with the sockets of a gateway, keeps what platform/api promises.
#include <catch2/catch_test_macros.hpp>

#include "floe/conformance/host_check.h"
#include "page.h"

namespace floe::wasm::test {
namespace {

class WasmUnderTest final : public conformance::HostUnderTest {
 public:
  explicit WasmUnderTest(const IpAddress& address) : address_(address), page_(address) {}
  Host api() override { return page_.api(); }
  void run_for(Duration span) override { page_.run_for(span); }
  IpAddress address() override { return address_; }

 private:
  IpAddress address_;
  Page page_;
};

TEST_CASE("the host of WebAssembly keeps what platform/api promises", "[wasm][conformance]") {
  WasmUnderTest host(IpAddress::v4(192, 0, 2, 1));
  CHECK(host.api().resolver != nullptr);  // the check leaves out what a host lacks
  CHECK(host.api().streams != nullptr);
  CHECK(conformance::check_host(host) == std::vector<std::string>());
}

TEST_CASE("the host of WebAssembly keeps it over IPv6, too", "[wasm][conformance]") {
  WasmUnderTest host(*IpAddress::parse("2001:db8::1"));
  CHECK(conformance::check_host(host) == std::vector<std::string>());
}

}  // namespace
}  // namespace floe::wasm::test
