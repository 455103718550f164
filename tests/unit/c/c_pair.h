// Two agents of the C API, with function calls for a network.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <iterator>

#include "c/c_agent.h"

namespace floe::testing {

class CPair {
 public:
  CPair() : CPair(CAgent::Options{}, CAgent::Options{.role = FLOE_ROLE_CONTROLLED}) {}
  CPair(const CAgent::Options& left_options, CAgent::Options right_options)
      : left(left_options), right(as_right(std::move(right_options))) {
    // Addresses of one family, for there to be a pair.
    REQUIRE(right.add_socket(CAgent::address("192.0.2.2:5000"), 1, 1) == FLOE_OK);
    left.start();
    right.start();
  }

  /// Carries everything to and fro, and lets time pass, until `end_us`.
  void run_until(std::int64_t end_us) {
    for (;;) {
      while (carry(left, right, left_outputs) || carry(right, left, right_outputs)) continue;
      const std::int64_t next =
          std::min(floe_agent_deadline(left.get()), floe_agent_deadline(right.get()));
      if (next > end_us) break;
      left.now_us = right.now_us = std::max(left.now_us, next);
      left.handle(FLOE_INPUT_DEADLINE);
      right.handle(FLOE_INPUT_DEADLINE);
    }
    left.now_us = right.now_us = end_us;
  }

  static std::vector<TakenOutput> of(const std::vector<TakenOutput>& outputs,
                                     floe_output_kind kind) {
    std::vector<TakenOutput> found;
    std::ranges::copy_if(outputs, std::back_inserter(found),
                         [&](const TakenOutput& output) { return output.is(kind); });
    return found;
  }
  static bool reached(const std::vector<TakenOutput>& outputs, floe_state state) {
    return std::ranges::any_of(outputs, [&](const TakenOutput& output) {
      return output.is(FLOE_OUTPUT_STATE) && output.raw.state.state == state;
    });
  }

  CAgent left;
  CAgent right;
  std::vector<TakenOutput> left_outputs;
  std::vector<TakenOutput> right_outputs;
  /// What becomes of a message on its way.
  std::function<std::string(const std::string&)> signalling = [](const auto& text) { return text; };
  /// False: the datagram is lost.
  std::function<bool(const std::string&)> link = [](const auto&) { return true; };

 private:
  static CAgent::Options as_right(CAgent::Options options) {
    options.address = "[2001:db8::2]:5000";
    options.seed = 2;
    return options;
  }

  bool carry(CAgent& from, CAgent& to, std::vector<TakenOutput>& log) {
    const auto outputs = from.take();
    for (const TakenOutput& output : outputs) {
      if (output.is(FLOE_OUTPUT_SIGNAL)) to.receive_signal(signalling(output.bytes));
      if (output.is(FLOE_OUTPUT_TRANSMIT) && link(output.bytes)) {
        floe_input input{};
        input.kind = FLOE_INPUT_DATAGRAM;
        input.datagram = {output.raw.transmit.remote, output.raw.transmit.local,
                          reinterpret_cast<const std::uint8_t*>(output.bytes.data()),
                          output.bytes.size()};
        to.handle(input);
      }
    }
    log.insert(log.end(), outputs.begin(), outputs.end());
    return !outputs.empty();
  }
};

}  // namespace floe::testing
