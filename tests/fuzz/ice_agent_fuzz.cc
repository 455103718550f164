// An agent and what may happen to it: bytes choose packets, time and calls.
#include "fuzzed_agent.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  floe::fuzz::FuzzedInput input({data, size});
  floe::fuzz::FuzzedAgent agent(input);
  while (!input.at_end()) agent.step();
  agent.run_out();
  return 0;
}
