// Who can reach whom without a relay: each of the twelve kinds of networks against each.
#include <array>
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "nat_matrix.h"

using namespace floe;
using namespace floe::sim;

namespace {

// Which pair must win over IPv4: the row controls and names the pair, its own candidate first.
// h host, s server-reflexive, p peer-reflexive; .. no pair can work.
//
// Where it comes from (RFC 4787): a mapping that does not depend on the far end is the one that the
// STUN server saw, so it is server-reflexive. One that does depend is another one for the peer,
// whom only a check of that side can reach: it is peer-reflexive on both sides, and works if the
// peer's filter admits a port that it never sent to. An address-dependent filter does, since the
// address is the one that was signalled; an address-and-port-dependent one does not, so neither
// side's checks arrive. A public host behind a firewall has a filter, but no mapping. Of two NATs
// in a row the worse decides.
constexpr std::array<std::string_view, kNetworkKindCount> kIpv4{{
    //  open ── full cone ── addr port symm seq  double ── fire UDP mobile
    //               hairpin restricted             symm   wall blocked
    /* open               */ "hh hs hs hs hs hp hp hs hp hh .. hs",
    /* full cone          */ "sh ss ss ss ss sp sp ss sp sh .. ss",
    /* full cone, hairpin */ "sh ss ss ss ss sp sp ss sp sh .. ss",
    /* address-restricted */ "sh ss ss ss ss sp sp ss sp sh .. ss",
    /* port-restricted    */ "sh ss ss ss ss .. .. ss .. sh .. ss",
    /* symmetric          */ "ph ps ps ps .. .. .. .. .. .. .. ..",
    /* symmetric, seq.    */ "ph ps ps ps .. .. .. .. .. .. .. ..",
    /* double             */ "sh ss ss ss ss .. .. ss .. sh .. ss",
    /* double, symmetric  */ "ph ps ps ps .. .. .. .. .. .. .. ..",
    /* firewall           */ "hh hs hs hs hs .. .. hs .. hh .. hs",
    /* UDP blocked        */ ".. .. .. .. .. .. .. .. .. .. .. ..",
    /* mobile             */ "sh ss ss ss ss .. .. ss .. sh .. ss",
}};

std::string_view candidate_type(char letter) {
  switch (letter) {
    case 'h':
      return "host";
    case 's':
      return "srflx";
    default:
      return "prflx";
  }
}

/// IPv6 has no NATs: every firewall lets in what its host has asked for, so host candidates reach
/// each other wherever UDP passes at all, and being preferred, also beside IPv4.
std::string expected(std::size_t row, std::size_t column, IpVersions versions) {
  const std::string_view cell = kIpv4[row].substr(3 * column, 2);
  const bool is_blocked = network_kinds()[row].blocks_udp() || network_kinds()[column].blocks_udp();
  if (is_blocked) return "fails";
  if (versions != IpVersions::v4) return "host→host";
  if (cell == "..") return "fails";
  return std::string(candidate_type(cell[0])) + "→" + std::string(candidate_type(cell[1]));
}

constexpr std::array kVersions{IpVersions::v4, IpVersions::v6, IpVersions::both};
constexpr std::size_t kOpen = 0;

}  // namespace

TEST_CASE("the pair that must win between two kinds of networks wins", "[ice][sim][matrix]") {
  for (std::size_t row = 0; row < kNetworkKindCount; ++row) {
    for (std::size_t column = 0; column < kNetworkKindCount; ++column) {
      for (const IpVersions versions : kVersions) {
        for (const bool trickle : {true, false}) {
          const MatrixCell cell{network_kinds()[row], network_kinds()[column], versions, trickle};
          CAPTURE(cell.controlling.name, cell.controlled.name, to_text(versions), trickle);
          CHECK(winning_pair(Catch::getSeed(), cell) == expected(row, column, versions));
        }
      }
    }
  }
}

TEST_CASE("every kind of network reaches a lite agent on an open one", "[ice][sim][matrix]") {
  const NetworkKind& open = network_kinds()[kOpen];
  for (std::size_t row = 0; row < kNetworkKindCount; ++row) {
    for (const IpVersions versions : kVersions) {
      for (const bool trickle : {true, false}) {
        for (const bool exchanged : {false, true}) {
          const MatrixCell cell{network_kinds()[row], open, versions, trickle, true, exchanged};
          CAPTURE(cell.controlling.name, to_text(versions), trickle, exchanged);
          CHECK(winning_pair(Catch::getSeed(), cell) == expected(row, kOpen, versions));
        }
      }
    }
  }
}

// A direct path wins where there is one; where there is none, one relay is enough.
TEST_CASE("with a TURN server every network reaches every other", "[ice][sim][matrix][relay]") {
  for (std::size_t row = 0; row < kNetworkKindCount; ++row) {
    for (std::size_t column = 0; column < kNetworkKindCount; ++column) {
      const NetworkKind& controlling = network_kinds()[row];
      const NetworkKind& controlled = network_kinds()[column];
      MatrixCell cell{controlling, controlled};
      cell.relays = true;
      CAPTURE(controlling.name, controlled.name);
      const std::string direct = expected(row, column, IpVersions::v4);
      const std::string outcome = winning_pair(Catch::getSeed(), cell);
      if (direct == "fails") {
        CHECK(outcome.find("relay") != std::string::npos);
      } else {
        CHECK(outcome == direct);
      }
    }
  }
}

TEST_CASE("print the matrix", "[.][matrix]") {
  for (const IpVersions versions : kVersions) {
    std::fputs(nat_matrix_text(Catch::getSeed(), versions).c_str(), stdout);
    std::fputs("\n", stdout);
  }
  std::fputs(nat_matrix_text(Catch::getSeed(), IpVersions::v4, true).c_str(), stdout);
}
