// What JavaScript is for the module floe.wasm, in a simulated world: it answers the module's
// imports, and calls it when a message or a time has come. One program may have one page at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "chosen_addresses.h"
#include "gateway_object.h"
#include "sim_gateway.h"
#include "wasm_host.h"

namespace floe::wasm::test {

/// The module's host works in turns, as in machine.h. What the test does with the host between two
/// calls of run_for() is one turn, too.
class Page final : private TimerListener {
 public:
  /// The gateway has `address`.
  explicit Page(const IpAddress& address);
  ~Page();

  Host api() { return gateway_object_->host_with(*network_); }
  void run_for(Duration span);

  // The imports. None calls the module before it returns.
  void fill_random(MutableBytes out) { world_.random().fill(out); }
  void connect(std::uint32_t channel);
  bool send(std::uint32_t channel, Bytes message);
  void close(std::uint32_t channel, std::uint16_t code);

 private:
  void handle_timeout(Timestamp) override {
    turn([] {});
  }
  void begin_turn();
  void end_turn();
  void turn(const std::function<void()>& event);
  /// Calls the module about its channel in a later event.
  void tell(std::function<void(WebSockets& all)> event);

  sim::World world_{1};
  SimGateway gateway_;
  std::unique_ptr<Timer> timer_;
  std::uint32_t channel_ = 0;  // 0: there is none
  WasmHost host_;
  std::optional<GatewayObject> gateway_object_;
  std::optional<ChosenAddresses> network_;
};

}  // namespace floe::wasm::test
