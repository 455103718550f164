// floe-soak-load KEY=VALUE…: many clients of a gateway that come back by themselves, and the peers
// that send their datagrams back. The keys are in plan.cc, its commands in commands.h.
#include <sys/resource.h>

#include <cstdio>
#include <exception>

#include "commands.h"

namespace {

void raise_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

floe::native::SystemHostOptions host_options(const floe::soak::Plan& plan) {
  floe::native::SystemHostOptions options;
  options.web_socket.tls_ca_file = plan.ca;
  options.log_minimum = floe::LogLevel::error;
  return options;
}

}  // namespace

int main(int count, char** words) {
  raise_descriptors();
  try {
    const floe::soak::Plan plan(count, words);
    floe::native::SystemHost host(host_options(plan));
    if (!host.is_open()) throw std::runtime_error("the system gave no descriptors");
    floe::soak::Crowd crowd(host, plan);
    const floe::soak::Commands commands(host.loop(), crowd);
    host.loop().run();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "floe-soak-load: %s\n", error.what());
    return 2;
  }
}
