#include "advice.h"

namespace floe::probes {
namespace {

bool hides_ports(nat::Mapping mapping) {
  return mapping == nat::Mapping::address_dependent ||
         mapping == nat::Mapping::address_and_port_dependent;
}

bool no_udp_gets_out(const Symptoms& symptoms) {
  const bool has_asked = symptoms.stun.asked + symptoms.turn_over_udp.asked > 0;
  return has_asked && symptoms.stun.worked + symptoms.turn_over_udp.worked == 0;
}

}  // namespace

std::string advise(const Symptoms& symptoms) {
  const bool has_relay = symptoms.turn_over_udp.worked + symptoms.turn_over_streams.worked > 0;
  if (!symptoms.passes_udp) {
    return "Two sockets of this machine cannot talk to each other: permit this program to use UDP "
           "in the firewall of this machine.";
  }
  if (!symptoms.has_address) return "Connect this machine to a network.";
  if (no_udp_gets_out(symptoms) && symptoms.turn_over_streams.worked > 0) {
    return "No UDP comes back to this network: connect through the TURN server over TCP or TLS, "
           "which works.";
  }
  if (no_udp_gets_out(symptoms)) {
    return "Nothing came back from the servers over UDP: check their addresses, and try a TURN "
           "server over TLS (turns:), which passes most firewalls.";
  }
  if (symptoms.turn_over_udp.none_worked() || symptoms.turn_over_streams.none_worked()) {
    return "Peers behind a NAT that hides its ports need a TURN server: mend what is said of it "
           "above.";
  }
  if (hides_ports(symptoms.mapping) && !has_relay) {
    return "This NAT gives each peer another port, so many peers can be reached by a relay only: "
           "name a TURN server for them.";
  }
  if (symptoms.largest_datagram && *symptoms.largest_datagram < kUsefulDatagram) {
    return "Large datagrams get lost on the way: send none above " +
           std::to_string(*symptoms.largest_datagram) + " bytes.";
  }
  if (!symptoms.meets_itself) {
    return "Two agents on this machine do not meet: look at what is said of that above.";
  }
  if (symptoms.stun.asked + symptoms.turn_over_udp.asked + symptoms.turn_over_streams.asked == 0) {
    return "This machine by itself is ready. Name a STUN or TURN server to examine the way out.";
  }
  return "All that was tried works.";
}

}  // namespace floe::probes
