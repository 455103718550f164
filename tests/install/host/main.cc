// Checks the host, then lets two agents on it meet and say hello. It exits with 0 when all is well.
#include <floe/driver/connection.h>

#include <cstdio>
#include <string>

#include "my_host.h"

namespace {

bool keeps_promises() {
  MyHost host;
  const auto broken = conformance::check_host(host);
  for (const std::string& sentence : broken) std::puts(sentence.c_str());
  return broken.empty();
}

bool agents_meet() {
  MyHost host;
  Connection caller(host.api(), {});
  Connection callee(host.api(), {.agent = {.role = ice::Role::controlled}});
  // In a real program, the messages go through a server.
  caller.on_signal = [&](const signal::Message& message) { callee.receive(message); };
  callee.on_signal = [&](const signal::Message& message) { caller.receive(message); };
  std::string heard;
  callee.on_datagram = [&](ice::ComponentId, Bytes datagram) { heard = as_text(datagram); };
  caller.start();
  callee.start();
  for (int steps = 0; steps < 500 && heard.empty(); ++steps) {
    host.run_for(10ms);
    if (caller.is_connected()) caller.send(as_bytes("hello"));
  }
  std::printf("heard: %s\n", heard.c_str());
  caller.close();
  return heard == "hello";
}

}  // namespace

int main() {
  return keeps_promises() && agents_meet() ? 0 : 1;
}
