// The host of Node, Deno and Bun, checked from inside a module; js/test/system_host.test.mjs runs
// it.
#include "floe/conformance/host_check.h"
#include "waiting_host.h"
#include "waiting_imports.h"

namespace floe::wasm::test {
namespace {

class SystemUnderTest final : public conformance::HostUnderTest {
 public:
  explicit SystemUnderTest(const IpAddress& address) : address_(address) {}
  Host api() override { return host_.api(); }
  IpAddress address() override { return address_; }
  void run_for(Duration span) override {
    const Timestamp end = host_.now() + span;
    while (host_.now() < end) host_.wait(end);
  }

 private:
  IpAddress address_;
  WaitingHost host_;
};

}  // namespace
}  // namespace floe::wasm::test

/// Checks the host over IPv4 or IPv6, prints each finding, and returns how many there are.
extern "C" __attribute__((export_name("run"), used)) int run(int version) {
  const auto family = version == 4 ? floe::Family::ipv4 : floe::Family::ipv6;
  floe::wasm::test::SystemUnderTest host(floe::IpAddress::loopback(family));
  const auto findings = floe::conformance::check_host(host);
  for (const std::string& finding : findings) floe_tool_print(finding.data(), finding.size());
  return static_cast<int>(findings.size());
}
