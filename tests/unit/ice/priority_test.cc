#include "priority.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe::ice;

TEST_CASE("priorities are what RFC 8445, section 5.1.2, computes", "[ice]") {
  // The line of RFC 8839's example, 2130706431, and those that browsers send.
  CHECK(candidate_priority(CandidateType::host, 65535, 1) == 2130706431);
  CHECK(candidate_priority(CandidateType::host, 65535, 2) == 2130706430);
  CHECK(candidate_priority(CandidateType::server_reflexive, 65535, 1) == 1694498815);
  CHECK(candidate_priority(CandidateType::server_reflexive, 32542, 1) == 1686052607);
  CHECK(candidate_priority(CandidateType::peer_reflexive, 65535, 1) == 1862270975);
  CHECK(candidate_priority(CandidateType::relayed, 65535, 1) == 16777215);
  CHECK(candidate_priority(CandidateType::relayed, 0, 256) == 0);
  CHECK(candidate_priority(CandidateType::host, 0, 256) == 2113929216);
}

TEST_CASE("priorities stay below 2^31", "[ice]") {
  CHECK(candidate_priority(CandidateType::host, 65535, 1) < 0x80000000u);
}

TEST_CASE("the type weighs more than preference, the preference more than component", "[ice]") {
  CHECK(candidate_priority(CandidateType::host, 0, 256) >
        candidate_priority(CandidateType::peer_reflexive, 65535, 1));
  CHECK(candidate_priority(CandidateType::peer_reflexive, 0, 256) >
        candidate_priority(CandidateType::server_reflexive, 65535, 1));
  CHECK(candidate_priority(CandidateType::server_reflexive, 0, 256) >
        candidate_priority(CandidateType::relayed, 65535, 1));
  CHECK(candidate_priority(CandidateType::host, 2, 256) >
        candidate_priority(CandidateType::host, 1, 1));
}

TEST_CASE("the local preference is found again in a priority", "[ice]") {
  for (const unsigned preference : {0u, 1u, 255u, 256u, 32542u, 65535u}) {
    const auto local = static_cast<std::uint16_t>(preference);
    CHECK(local_preference_of(candidate_priority(CandidateType::host, local, 1)) == local);
    CHECK(local_preference_of(candidate_priority(CandidateType::relayed, local, 256)) == local);
  }
}

TEST_CASE("pair priorities are what RFC 8445, section 6.1.2.3, computes", "[ice]") {
  CHECK(pair_priority(1, 1) == (1ull << 32) + 2);
  CHECK(pair_priority(2, 1) == (1ull << 32) + 4 + 1);
  CHECK(pair_priority(1, 2) == (1ull << 32) + 4);
  CHECK(pair_priority(2130706431, 1694498815) == 7277816997797167103ull);
  CHECK(pair_priority(1694498815, 2130706431) == 7277816997797167102ull);
  CHECK(pair_priority(0x7fffffff, 0x7fffffff) == 0x7ffffffffffffffeull);
}

TEST_CASE("the worse candidate decides, then the better, then the controlling side", "[ice]") {
  CHECK(pair_priority(10, 10) > pair_priority(9, 1000));
  CHECK(pair_priority(9, 1000) > pair_priority(9, 999));
  CHECK(pair_priority(1000, 9) > pair_priority(9, 1000));
}
