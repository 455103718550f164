#include "floe/nat/behavior_discovery.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/short_term_authenticator.h"
#include "nat/simulated_nat.h"
#include "nat/string_makers.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::nat;
using namespace floe::testing;

namespace {

constexpr Mapping kMappings[] = {Mapping::no_nat, Mapping::endpoint_independent,
                                 Mapping::address_dependent, Mapping::address_and_port_dependent};
constexpr Filtering kFilterings[] = {Filtering::endpoint_independent, Filtering::address_dependent,
                                     Filtering::address_and_port_dependent};

}  // namespace

TEST_CASE("every mapping with every filtering is found out", "[nat]") {
  for (const Mapping mapping : kMappings) {
    for (const Filtering filtering : kFilterings) {
      CAPTURE(mapping, filtering);
      DiscoveryWorld world({mapping, filtering});
      const BehaviorReport report = world.run();
      CHECK(report.connectivity == Connectivity::works);
      CHECK(report.support == ServerSupport::full);
      CHECK(report.mapping == mapping);
      CHECK(report.filtering == filtering);
      CHECK(report.local == *TransportAddress::parse("10.0.0.1:50000"));
      CHECK(report.other == TransportAddress::parse("198.51.100.2:3479"));
      CHECK_FALSE(report.rewrites_addresses);
      CHECK(world.elapsed() < 35s);
      CHECK(world.transactions() <= 8);
    }
  }
}

TEST_CASE("every mapping with every filtering is found out while datagrams are lost", "[nat]") {
  for (const Mapping mapping : kMappings) {
    for (const Filtering filtering : kFilterings) {
      CAPTURE(mapping, filtering);
      DiscoveryWorld world({mapping, filtering});
      world.loses_one_in = 5;
      const BehaviorReport report = world.run();
      CHECK(report.mapping == mapping);
      CHECK(report.filtering == filtering);
    }
  }
}

TEST_CASE("the mapped address is what the server sees", "[nat]") {
  CHECK(DiscoveryWorld({Mapping::no_nat}).run().mapped ==
        TransportAddress::parse("10.0.0.1:50000"));
  CHECK(DiscoveryWorld().run().mapped == TransportAddress::parse("203.0.113.7:61000"));
}

TEST_CASE("hairpinning is found out, whatever the filter", "[nat]") {
  for (const bool hairpins : {false, true}) {
    for (const Filtering filtering : kFilterings) {
      CAPTURE(hairpins, filtering);
      DiscoveryWorld world({Mapping::endpoint_independent, filtering, hairpins});
      CHECK(world.run().hairpinning == (hairpins ? Hairpinning::works : Hairpinning::fails));
    }
  }
}

TEST_CASE("without a NAT nothing turns back at it", "[nat]") {
  DiscoveryWorld world({Mapping::no_nat});
  CHECK(world.run().hairpinning == Hairpinning::unknown);
}

TEST_CASE("where UDP is blocked nothing else is claimed", "[nat]") {
  DiscoveryWorld world;
  world.blocks_udp = true;
  const BehaviorReport report = world.run();
  CHECK(report.connectivity == Connectivity::silent);
  CHECK(report.mapping == Mapping::unknown);
  CHECK(report.filtering == Filtering::unknown);
  CHECK_FALSE(report.mapped);
  CHECK(world.elapsed() == 9500ms);
  CHECK(world.transactions() == 1);
}

TEST_CASE("a server with one address tells a NAT from none, and hairpinning", "[nat]") {
  for (const Mapping mapping : {Mapping::no_nat, Mapping::address_dependent}) {
    DiscoveryWorld world({mapping});
    world.server_config.discovery.reset();
    const BehaviorReport report = world.run();
    CHECK(report.support == ServerSupport::no_other_address);
    CHECK(report.mapping == (mapping == Mapping::no_nat ? Mapping::no_nat : Mapping::unknown));
    CHECK(report.filtering == Filtering::unknown);
    CHECK(report.hairpinning ==
          (mapping == Mapping::no_nat ? Hairpinning::unknown : Hairpinning::fails));
  }
}

TEST_CASE("another address that is none is not asked", "[nat]") {
  const auto* other =
      GENERATE("198.51.100.1:3479", "198.51.100.2:3478", "0.0.0.0:3479", "224.0.0.1:3479",
               "198.51.100.2:0", "[2001:db8::2]:3479", "127.0.0.1:3479");
  DiscoveryWorld world({Mapping::endpoint_independent, Filtering::address_dependent});
  world.server_config.discovery->alternate = *TransportAddress::parse(other);
  const BehaviorReport report = world.run();
  CHECK(report.support == ServerSupport::unusable_other_address);
  CHECK(report.mapping == Mapping::unknown);
  CHECK(report.filtering == Filtering::unknown);
}

// Silence would mean the strictest filter.
TEST_CASE("a dead other address does not pass for a filter", "[nat]") {
  for (const Mapping mapping : {Mapping::no_nat, Mapping::endpoint_independent}) {
    DiscoveryWorld world({mapping, Filtering::endpoint_independent});
    world.other_address_is_dead = true;
    const BehaviorReport report = world.run();
    CHECK(report.support == ServerSupport::unusable_other_address);
    CHECK(report.filtering == Filtering::unknown);
    CHECK(report.mapping == (mapping == Mapping::no_nat ? Mapping::no_nat : Mapping::unknown));
  }
}

TEST_CASE("a server that answers from where it was asked does not pass for a cone", "[nat]") {
  DiscoveryWorld world({Mapping::endpoint_independent, Filtering::address_and_port_dependent});
  world.answers_from_where_it_was_asked = true;
  const BehaviorReport report = world.run();
  CHECK(report.support == ServerSupport::ignores_change_request);
  CHECK(report.filtering == Filtering::unknown);
  CHECK(report.mapping == Mapping::endpoint_independent);
}

TEST_CASE("a server that wants credentials is reported as it answers", "[nat]") {
  MbedtlsCrypto crypto;
  stun::ShortTermAuthenticator authenticator(crypto, "name", "password");
  DiscoveryWorld world;
  world.server_config.authenticator = &authenticator;
  const BehaviorReport report = world.run();
  CHECK(report.connectivity == Connectivity::refused);
  CHECK(report.refused_with == 400);
}

// It is not called silent, and a forged answer does not take the place of the true one.
TEST_CASE("a server whose answers are of no use is told from a silent one", "[nat]") {
  const bool answers_well_later = GENERATE(false, true);
  sim::SeededRandom random(1);
  const TransportAddress server = *TransportAddress::parse("198.51.100.1:3478");
  const TransportAddress local = *TransportAddress::parse("10.0.0.1:50000");
  BehaviorDiscovery discovery({server, local, false}, random);
  Timestamp now{1h};
  discovery.start(now);
  bool is_first = true;
  for (;;) {
    while (const auto output = discovery.poll_output()) {
      const auto request = stun::MessageView::parse(output->bytes);
      std::array<std::uint8_t, 128> buffer;
      stun::MessageBuilder answer(buffer, stun::Class::success, stun::Method::binding,
                                  request->transaction_id());
      if (answers_well_later && !is_first) answer.add(stun::MappedAddress{local});
      is_first = false;
      discovery.handle_datagram(now, output->socket, server, *answer.finish());
    }
    if (discovery.finished()) break;
    now = std::max(now, discovery.deadline());
    REQUIRE(now != kNever);
    discovery.handle_timeout(now);
  }
  const BehaviorReport& report = discovery.report();
  if (answers_well_later) {
    CHECK(report.connectivity == Connectivity::works);
  } else {
    CHECK(report.connectivity == Connectivity::unusable);
    REQUIRE(report.flaw);
    CHECK(report.flaw == std::string_view("the answer has no mapped address"));
  }
}

TEST_CASE("no more than ten transactions begin in a second", "[nat]") {
  sim::SeededRandom random(1);
  const TransportAddress server = *TransportAddress::parse("198.51.100.1:3478");
  const TransportAddress local = *TransportAddress::parse("10.0.0.1:50000");
  stun::BindingServer binding({.discovery = stun::DiscoveryAddresses{
                                   server, *TransportAddress::parse("198.51.100.2:3479")}});
  BehaviorDiscovery machine({server, local}, random);
  Timestamp now{1h};
  machine.start(now);
  std::optional<Timestamp> last;
  while (!machine.finished()) {
    while (const auto output = machine.poll_output()) {
      if (last) CHECK(now - *last >= kProbeGap);
      last = now;
      std::array<std::uint8_t, stun::kAnswerSizeMax> buffer;
      const auto answer = binding.answer(now, {local, output->to, output->bytes}, buffer);
      REQUIRE(answer);
      machine.handle_datagram(now, output->socket, answer->from, answer->bytes);
    }
    REQUIRE(machine.deadline() != now);
    if (machine.deadline() != kNever) now = machine.deadline();
    machine.handle_timeout(now);
  }
  CHECK(machine.deadline() == kNever);
}

TEST_CASE("what does not belong to it changes nothing", "[nat]") {
  sim::SeededRandom random(1);
  const TransportAddress server = *TransportAddress::parse("198.51.100.1:3478");
  const TransportAddress local = *TransportAddress::parse("10.0.0.1:50000");
  BehaviorDiscovery machine({server, local}, random);
  const Timestamp now{1h};
  machine.start(now);
  const auto question = machine.poll_output();
  REQUIRE(question);
  std::array<std::uint8_t, stun::kAnswerSizeMax> buffer;
  const auto answer = stun::BindingServer().answer(now, {local, server, question->bytes}, buffer);
  REQUIRE(answer);

  machine.handle_datagram(now, ProbeSocket::main, server, {});
  machine.handle_datagram(now, ProbeSocket::main, server, question->bytes);
  machine.handle_datagram(now, ProbeSocket::second, server, answer->bytes);
  machine.handle_datagram(now, ProbeSocket::main, *TransportAddress::parse("198.51.100.1:3479"),
                          answer->bytes);
  ByteVector other_id(answer->bytes.begin(), answer->bytes.end());
  other_id[8] ^= 1;
  machine.handle_datagram(now, ProbeSocket::main, server, other_id);
  CHECK(machine.report().connectivity == Connectivity::unknown);

  machine.handle_datagram(now, ProbeSocket::main, server, answer->bytes);
  CHECK(machine.report().connectivity == Connectivity::works);
}
