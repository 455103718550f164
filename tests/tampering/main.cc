// floe_tampering_gateway ATTACK [OPTIONS OF floe-gateway]
#include <cstdio>

#include "tampering_gateway.h"

int main(int argc, char** argv) {
  const auto attack = argc > 1 ? floe::tampering::parse_attack(argv[1]) : std::nullopt;
  if (!attack) {
    std::fprintf(stderr, "floe_tampering_gateway: no attack of this name\n");
    return 2;
  }
  const auto parsed = floe::gateway::parse_arguments(argc - 1, argv + 1);
  if (!parsed.mistake.empty()) std::fprintf(stderr, "%s\n", parsed.mistake.c_str());
  if (parsed.exit_code) return *parsed.exit_code;
  floe::tampering::TamperingGateway gateway(parsed.options, *attack);
  return gateway.run();
}
