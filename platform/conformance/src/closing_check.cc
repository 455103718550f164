// DatagramSockets: a socket that was destroyed is not heard of any more.
#include "endpoint.h"

namespace floe::conformance {
namespace {

using namespace std::chrono_literals;

void check_unbound(HostUnderTest& host, Findings& findings) {
  Endpoint unheard;
  unheard.socket = host.api().datagram_sockets.open({host.address()}, unheard);
  unheard.socket.reset();
  host.run_for(100ms);
  findings.expect(unheard.bound + unheard.failed == 0,
                  "DatagramSocket: one that was destroyed before it was bound hears nothing.");
}

void check_itself(HostUnderTest& host, Findings& findings) {
  Endpoint left;
  Endpoint right;
  if (!left.open(host, {host.address()}) || !right.open(host, {host.address()})) return;
  right.closes = &right;
  for (int i = 0; i < 10; ++i) left.socket->send(right.local, as_bytes("again"));
  host.run_for(200ms);
  findings.expect(
      right.received.size() <= 1,
      "DatagramSocket: one that was destroyed from inside on_datagram() hears no more.");
}

/// Both sockets have data; the first that hears of it destroys the other.
void check_other_socket(HostUnderTest& host, Findings& findings) {
  Endpoint sender;
  Endpoint one;
  Endpoint two;
  for (Endpoint* end : {&sender, &one, &two}) {
    if (!end->open(host, {host.address()})) return;
  }
  one.closes = &two;
  two.closes = &one;
  for (int i = 0; i < 3; ++i) {
    for (const Endpoint* to : {&one, &two}) sender.socket->send(to->local, as_bytes("to both"));
  }
  host.run_for(200ms);
  findings.expect(
      one.received.empty() || two.received.empty(),
      "DatagramSocket: one that was destroyed from inside another's on_datagram() hears no more.");
}

}  // namespace

void check_closing(HostUnderTest& host, Findings& findings) {
  check_unbound(host, findings);
  check_itself(host, findings);
  check_other_socket(host, findings);
}

}  // namespace floe::conformance
