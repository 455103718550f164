#include "floe/nat/behavior_report.h"

#include <catch2/catch_test_macros.hpp>

#include "nat/string_makers.h"

using namespace floe;
using namespace floe::nat;

namespace {

BehaviorReport report_of(Mapping mapping, Filtering filtering) {
  BehaviorReport report;
  report.connectivity = Connectivity::works;
  report.support = ServerSupport::full;
  report.mapping = mapping;
  report.filtering = filtering;
  return report;
}

ClassicType type_of(Mapping mapping, Filtering filtering) {
  return classic_type(report_of(mapping, filtering));
}

}  // namespace

TEST_CASE("a combination has the name of RFC 3489, or says that it has none", "[nat]") {
  using M = Mapping;
  using F = Filtering;
  using T = ClassicType;
  CHECK(type_of(M::endpoint_independent, F::endpoint_independent) == T::full_cone);
  CHECK(type_of(M::endpoint_independent, F::address_dependent) == T::restricted_cone);
  CHECK(type_of(M::endpoint_independent, F::address_and_port_dependent) == T::port_restricted_cone);
  CHECK(type_of(M::address_and_port_dependent, F::address_and_port_dependent) == T::symmetric);

  CHECK(type_of(M::address_dependent, F::endpoint_independent) == T::none);
  CHECK(type_of(M::address_dependent, F::address_dependent) == T::none);
  CHECK(type_of(M::address_dependent, F::address_and_port_dependent) == T::none);
  CHECK(type_of(M::address_and_port_dependent, F::endpoint_independent) == T::none);
  CHECK(type_of(M::address_and_port_dependent, F::address_dependent) == T::none);

  CHECK(type_of(M::no_nat, F::endpoint_independent) == T::open_internet);
  CHECK(type_of(M::no_nat, F::address_dependent) == T::symmetric_firewall);
  CHECK(type_of(M::no_nat, F::address_and_port_dependent) == T::symmetric_firewall);
}

TEST_CASE("what is not known has no name", "[nat]") {
  for (const Mapping mapping : {Mapping::unknown, Mapping::no_nat, Mapping::endpoint_independent,
                                Mapping::address_and_port_dependent}) {
    CHECK(type_of(mapping, Filtering::unknown) == ClassicType::unknown);
  }
  CHECK(type_of(Mapping::unknown, Filtering::endpoint_independent) == ClassicType::unknown);
  BehaviorReport report;
  CHECK(classic_type(report) == ClassicType::unknown);
  report.connectivity = Connectivity::refused;
  CHECK(classic_type(report) == ClassicType::unknown);
  report.connectivity = Connectivity::silent;
  CHECK(classic_type(report) == ClassicType::udp_blocked);
}

TEST_CASE("every outcome has a sentence for people", "[nat]") {
  for (const Mapping mapping : {Mapping::unknown, Mapping::no_nat, Mapping::endpoint_independent,
                                Mapping::address_dependent, Mapping::address_and_port_dependent}) {
    for (const Filtering filtering :
         {Filtering::unknown, Filtering::endpoint_independent, Filtering::address_dependent,
          Filtering::address_and_port_dependent}) {
      const std::string text = describe(report_of(mapping, filtering));
      CHECK(text.size() > 20);
      CHECK(text.back() == '.');
      CHECK(text.find("  ") == std::string::npos);
    }
  }
}

TEST_CASE("what is in the way is said, and what to do about it", "[nat]") {
  BehaviorReport report;
  CHECK(describe(report) == "Nothing is known yet.");
  report.connectivity = Connectivity::silent;
  CHECK(describe(report).find("try another server") != std::string::npos);
  report.connectivity = Connectivity::refused;
  report.refused_with = 401;
  CHECK(describe(report).find("401") != std::string::npos);
  report.connectivity = Connectivity::unusable;
  report.flaw = "the answer has no mapped address";
  CHECK(describe(report) ==
        "The server is of no use: the answer has no mapped address. Try another server.");

  report = report_of(Mapping::endpoint_independent, Filtering::unknown);
  for (const ServerSupport support :
       {ServerSupport::no_other_address, ServerSupport::unusable_other_address,
        ServerSupport::ignores_change_request}) {
    report.support = support;
    CHECK(describe(report).find("another server") != std::string::npos);
  }
  report.rewrites_addresses = true;
  CHECK(describe(report).find("gateway") != std::string::npos);
}

TEST_CASE("a relay is named where it is needed, and only there", "[nat]") {
  const auto needs_relay = [](Mapping mapping, Filtering filtering) {
    return describe(report_of(mapping, filtering)).find("relay") != std::string::npos;
  };
  CHECK_FALSE(needs_relay(Mapping::no_nat, Filtering::address_and_port_dependent));
  CHECK_FALSE(needs_relay(Mapping::endpoint_independent, Filtering::endpoint_independent));
  CHECK_FALSE(needs_relay(Mapping::endpoint_independent, Filtering::address_dependent));
  CHECK(needs_relay(Mapping::endpoint_independent, Filtering::address_and_port_dependent));
  CHECK(needs_relay(Mapping::address_and_port_dependent, Filtering::address_and_port_dependent));
}
