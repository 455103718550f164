// Which advice follows from what was seen: the first trouble decides.
#include "advice.h"

#include <catch2/catch_test_macros.hpp>

namespace floe::probes {
namespace {

/// A host of which all works.
Symptoms healthy() {
  Symptoms symptoms;
  symptoms.has_address = true;
  symptoms.passes_udp = true;
  symptoms.stun = {1, 1};
  symptoms.turn_over_udp = {1, 1};
  symptoms.turn_over_streams = {1, 1};
  symptoms.mapping = nat::Mapping::endpoint_independent;
  symptoms.largest_datagram = 1472;
  symptoms.meets_itself = true;
  return symptoms;
}

bool says(const Symptoms& symptoms, std::string_view words) {
  const std::string advice = advise(symptoms);
  CAPTURE(advice);
  return advice.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a network of which all works needs no advice", "[probes]") {
  CHECK(advise(healthy()) == "All that was tried works.");
}

TEST_CASE("the advice is about the first trouble", "[probes]") {
  Symptoms symptoms = healthy();
  symptoms.meets_itself = false;
  CHECK(says(symptoms, "Two agents on this machine do not meet"));
  symptoms.largest_datagram = 548;
  CHECK(says(symptoms, "none above 548 bytes"));
  symptoms.turn_over_streams = {2, 0};
  CHECK(says(symptoms, "need a TURN server"));
  symptoms.stun = {1, 0};
  symptoms.turn_over_udp = {1, 0};
  CHECK(says(symptoms, "Nothing came back from the servers over UDP"));
  symptoms.turn_over_streams = {2, 1};
  CHECK(says(symptoms, "connect through the TURN server over TCP or TLS"));
  symptoms.has_address = false;
  CHECK(says(symptoms, "Connect this machine to a network"));
  symptoms.passes_udp = false;
  CHECK(says(symptoms, "firewall of this machine"));
}

TEST_CASE("a NAT that hides its ports is no trouble where a relay works", "[probes]") {
  Symptoms symptoms = healthy();
  symptoms.mapping = nat::Mapping::address_and_port_dependent;
  CHECK(says(symptoms, "All that was tried works"));
  symptoms.turn_over_udp = symptoms.turn_over_streams = {};
  CHECK(says(symptoms, "name a TURN server"));
}

TEST_CASE("without servers the advice is to name one", "[probes]") {
  Symptoms symptoms = healthy();
  symptoms.stun = symptoms.turn_over_udp = symptoms.turn_over_streams = {};
  symptoms.mapping = nat::Mapping::unknown;
  symptoms.largest_datagram.reset();
  CHECK(says(symptoms, "Name a STUN or TURN server"));
}

}  // namespace floe::probes
