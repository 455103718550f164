#include <cstdio>

#include "gateway.h"

int main(int argc, char** argv) {
  const auto read = [argc, argv] { return floe::gateway::parse_arguments(argc, argv); };
  const floe::gateway::ParsedArguments parsed = read();
  std::fputs(parsed.output.c_str(), stdout);
  if (!parsed.mistake.empty()) {
    std::fprintf(stderr, "floe-gateway: %s\n", parsed.mistake.c_str());
  }
  if (parsed.exit_code) return *parsed.exit_code;
  floe::gateway::Gateway gateway(parsed, read);
  return gateway.run();
}
