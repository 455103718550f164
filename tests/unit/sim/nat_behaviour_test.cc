// NATs probed as a real probe does it: mapping by three destinations, filtering by four sources.
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "sim/behind_nat.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr std::array kDependences{Dependence::endpoint_independent, Dependence::address_dependent,
                                  Dependence::address_and_port_dependent};

Nat nat_of(Dependence mapping, Dependence filtering) {
  Nat nat;
  nat.mapping = mapping;
  nat.filtering = filtering;
  nat.ports = PortChoice::random;
  return nat;
}

}  // namespace

TEST_CASE("a NAT maps an endpoint by as much of the far end as its kind says", "[sim]") {
  for (const Dependence mapping : kDependences) {
    for (const Dependence filtering : kDependences) {
      CAPTURE(static_cast<int>(mapping), static_cast<int>(filtering));
      BehindNat net(nat_of(mapping, filtering));
      const auto first = net.inside.seen_by(net.server);
      const auto other_port = net.inside.seen_by(net.server_other_port);
      const auto other_address = net.inside.seen_by(net.other_server);
      REQUIRE((first && other_port && other_address));

      CHECK(first->ip == BehindNat::kExternal);
      const bool by_port = mapping == Dependence::address_and_port_dependent;
      const bool by_address = mapping != Dependence::endpoint_independent;
      CHECK((*first == *other_port) == !by_port);
      CHECK((*first == *other_address) == !by_address);
      CHECK(net.inside.seen_by(net.server) == first);
    }
  }
}

TEST_CASE("a NAT lets in whom its kind of filter knows", "[sim]") {
  for (const Dependence mapping : kDependences) {
    for (const Dependence filtering : kDependences) {
      CAPTURE(static_cast<int>(mapping), static_cast<int>(filtering));
      BehindNat net(nat_of(mapping, filtering));
      const TransportAddress mapped = *net.inside.seen_by(net.server);

      CHECK(net.server.reaches(net.inside, mapped));
      const bool by_port = filtering == Dependence::address_and_port_dependent;
      const bool by_address = filtering != Dependence::endpoint_independent;
      CHECK(net.server_other_port.reaches(net.inside, mapped) == !by_port);
      CHECK(net.other_server.reaches(net.inside, mapped) == !by_address);
      // The fourth source: to a port that nothing was mapped to.
      const auto next = static_cast<std::uint16_t>(mapped.port == 65535 ? 1024 : mapped.port + 1);
      CHECK_FALSE(net.server.reaches(net.inside, {mapped.ip, next}));
    }
  }
}

TEST_CASE("what was sent to a far end later is let in from then on", "[sim]") {
  BehindNat net(Nat::port_restricted());
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  CHECK_FALSE(net.other_server.reaches(net.inside, mapped));
  CHECK(net.inside.seen_by(net.other_server) == mapped);
  CHECK(net.other_server.reaches(net.inside, mapped));
}

TEST_CASE("the well-known kinds are combinations of mapping and filtering", "[sim]") {
  CHECK(Nat::full_cone().filtering == Dependence::endpoint_independent);
  CHECK(Nat::address_restricted().filtering == Dependence::address_dependent);
  CHECK(Nat::port_restricted().filtering == Dependence::address_and_port_dependent);
  for (const Nat& cone : {Nat::full_cone(), Nat::address_restricted(), Nat::port_restricted()}) {
    CHECK(cone.mapping == Dependence::endpoint_independent);
  }
  for (const Nat& symmetric : {Nat::symmetric(), Nat::symmetric_sequential()}) {
    CHECK(symmetric.mapping == Dependence::address_and_port_dependent);
    CHECK(symmetric.filtering == Dependence::address_and_port_dependent);
  }
}

TEST_CASE("a NAT translates both ways: each end sees the other's public side", "[sim]") {
  BehindNat net(Nat::port_restricted());
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  REQUIRE(net.server.reaches(net.inside, mapped));
  CHECK(net.inside.letters().back().from == net.server.local());
  CHECK(net.inside.letters().back().to == net.inside.local());
  CHECK(net.server.letters().back().to == net.server.local());
}
