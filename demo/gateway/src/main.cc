#include <cstdio>

#include "gateway.h"

int main(int argc, char** argv) {
  const auto parsed = floe::gateway::parse_arguments(argc, argv);
  if (parsed.exit_code) return *parsed.exit_code;
  if (parsed.options.addresses.print) {
    const floe::gateway::AddressPolicy policy(parsed.options.reachable());
    for (const std::string& line : policy.to_lines()) std::printf("%s\n", line.c_str());
    return 0;
  }
  const std::string refusal = floe::gateway::refuse_to_start(parsed.options);
  if (!refusal.empty()) {
    std::fprintf(stderr, "floe-gateway: %s\n", refusal.c_str());
    return 2;
  }
  floe::gateway::Gateway gateway(parsed.options);
  return gateway.run();
}
