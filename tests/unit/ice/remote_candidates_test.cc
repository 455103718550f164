#include "remote_candidates.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/ice/limits.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

TransportAddress at_port(unsigned port) {
  return {IpAddress::v4(198, 51, 100, 1), static_cast<std::uint16_t>(port)};
}

Candidate signalled(unsigned port, std::uint32_t priority = 100) {
  Candidate candidate;
  candidate.priority = priority;
  candidate.foundation = *Foundation::parse("7");
  candidate.address = at_port(port);
  candidate.base = candidate.address;
  return candidate;
}

}  // namespace

TEST_CASE("a remote candidate is found by component and address", "[ice]") {
  RemoteCandidates remotes;
  const auto first = remotes.add_signalled(signalled(1));
  Candidate other = signalled(1);
  other.component = 2;
  const auto second = remotes.add_signalled(other);
  CHECK(first.outcome == RemoteCandidates::Added::added);
  CHECK(second.outcome == RemoteCandidates::Added::added);
  CHECK(first.index != second.index);
  CHECK(remotes.find(1, at_port(1)) == first.index);
  CHECK(remotes.find(2, at_port(1)) == second.index);
  CHECK_FALSE(remotes.find(3, at_port(1)));
  CHECK_FALSE(remotes.find(1, at_port(2)));
}

TEST_CASE("the same candidate twice is one, whatever else it says", "[ice]") {
  RemoteCandidates remotes;
  const auto first = remotes.add_signalled(signalled(1, 100));
  const auto again = remotes.add_signalled(signalled(1, 200));
  CHECK(again.outcome == RemoteCandidates::Added::duplicate);
  CHECK(again.index == first.index);
  CHECK(remotes.at(first.index).priority == 100);
  CHECK(remotes.all().size() == 1);
}

TEST_CASE("a signalled candidate takes the place of the peer-reflexive one", "[ice]") {
  RemoteCandidates remotes;
  const auto found = remotes.add_peer_reflexive(1, at_port(1), 50);
  REQUIRE(found);
  CHECK(remotes.at(*found).type == CandidateType::peer_reflexive);
  CHECK(remotes.at(*found).priority == 50);

  const auto named = remotes.add_signalled(signalled(1, 100));
  CHECK(named.outcome == RemoteCandidates::Added::merged);
  CHECK(named.index == *found);
  CHECK(remotes.at(*found).type == CandidateType::host);
  CHECK(remotes.at(*found).priority == 100);
  CHECK(remotes.at(*found).foundation.text() == "7");
  CHECK(remotes.all().size() == 1);
  CHECK(remotes.add_signalled(signalled(1, 100)).outcome == RemoteCandidates::Added::duplicate);
}

// RFC 8445, section 7.3.1.3: "different from the foundations of all other remote candidates".
TEST_CASE("each peer-reflexive candidate has a foundation of its own", "[ice]") {
  RemoteCandidates remotes;
  remotes.add_signalled(signalled(9));
  for (unsigned port = 1; port < 9; ++port) remotes.add_peer_reflexive(1, at_port(port), 50);
  for (std::size_t i = 0; i < remotes.all().size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(remotes.all()[i].foundation != remotes.all()[j].foundation);
    }
  }
}

TEST_CASE("there are at most kRemoteCandidatesMax remote candidates", "[ice]") {
  RemoteCandidates remotes;
  for (unsigned i = 1; i <= kRemoteCandidatesMax; ++i) {
    REQUIRE(remotes.add_signalled(signalled(i)).outcome == RemoteCandidates::Added::added);
  }
  CHECK(remotes.add_signalled(signalled(1000)).outcome == RemoteCandidates::Added::limit);
  CHECK_FALSE(remotes.add_peer_reflexive(1, at_port(1000), 50));
  // What is known is still known.
  CHECK(remotes.add_signalled(signalled(1)).outcome == RemoteCandidates::Added::duplicate);
  CHECK(remotes.all().size() == kRemoteCandidatesMax);
}

// As limits.h promises: a peer whose NAT shows it under ever new addresses must not keep itself
// from naming its good ones.
TEST_CASE("peer-reflexive candidates leave room for signalled ones", "[ice]") {
  RemoteCandidates remotes;
  for (unsigned i = 1; i <= 2 * kRemoteCandidatesMax; ++i) {
    remotes.add_peer_reflexive(1, at_port(i), 50);
  }
  CHECK(remotes.add_signalled(signalled(1000)).outcome == RemoteCandidates::Added::added);
}
