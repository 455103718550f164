// How long it takes until the first protected byte, in virtual time: handshake_study.h.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "handshake_study.h"

using namespace floe;
using namespace floe::sim;

// Two for ICE, whose second one is that of the nomination, would make four.
TEST_CASE("an encrypted connection takes three round trips", "[ice][sim][dtls]") {
  for (const Duration round_trip : {Duration(20ms), Duration(200ms)}) {
    HandshakeStudy study({.round_trip = round_trip});
    study.run(4);
    CHECK(study.percentile(HandshakeStudy::first_valid_pair, 100) == 3 * round_trip);
    CHECK(study.percentile(HandshakeStudy::selected_pair_only, 100) == 4 * round_trip);
    CHECK(study.percentile(HandshakeStudy::in_checks, 100) == 2 * round_trip);
    CHECK(study.never() == 0);
  }
}

// The answerer has a path, and its ClientHello is there, before the offerer has the answer. But
// what the offerer sends outside checks has to wait until one of its own is answered.
TEST_CASE("an answer is followed by two and a half round trips", "[ice][sim][dtls]") {
  for (const Duration round_trip : {Duration(20ms), Duration(200ms)}) {
    const Duration way = 2 * round_trip;
    HandshakeStudy study({.round_trip = round_trip, .signalling = {way, way}, .answers = true});
    study.run(4);
    CHECK(study.percentile(HandshakeStudy::first_valid_pair, 100) == round_trip * 5 / 2);
    CHECK(study.percentile(HandshakeStudy::in_checks, 100) == round_trip * 3 / 2);
    CHECK(study.never() == 0);
  }
}

// Part of the suite, but once: it takes as long as all other handshakes.
TEST_CASE("print the handshakes", "[.][handshake]") {
  std::fputs(HandshakeStudy::heading().c_str(), stdout);
  std::size_t longest_check = 0;
  const auto run = [&](const HandshakeOptions& options, std::uint64_t seeds) {
    HandshakeStudy study(options);
    study.run(seeds);
    std::fputs(study.to_text().c_str(), stdout);
    longest_check = std::max(longest_check, study.longest_check());
    return study;
  };
  for (const Duration round_trip : {Duration(20ms), Duration(100ms), Duration(200ms)}) {
    for (const std::uint32_t loss : {0u, 10u}) {
      const HandshakeStudy study =
          run({.round_trip = round_trip, .loss_percent = loss}, loss == 0 ? 10 : 300);
      CAPTURE(round_trip / 1ms, loss);
      const Duration p95_max = 3 * round_trip + (loss == 0 ? 0ms : 2 * round_trip + 150ms);
      CHECK(study.percentile(HandshakeStudy::first_valid_pair, 50) <= 4 * round_trip);
      CHECK(study.percentile(HandshakeStudy::first_valid_pair, 95) <= p95_max);
      CHECK(study.percentile(HandshakeStudy::in_checks, 50) <= 2 * round_trip);
      CHECK(study.percentile(HandshakeStudy::in_checks, 95) <= p95_max - round_trip);
      CHECK(study.never() == 0);
    }
  }
  // Beside a path of 100 ms, signalling as fast as the path, and slower.
  for (const Duration answer : {50ms, 200ms}) {
    for (const std::uint32_t loss : {0u, 10u}) {
      (void)run({.round_trip = 100ms,
                 .loss_percent = loss,
                 .signalling = {answer, answer},
                 .answers = true},
                loss == 0 ? 10 : 200);
    }
  }
  std::puts("targets: 3 round trips, 2 with DTLS in checks; p95 with loss: 2 and 150 ms more");
  std::printf("the longest check: %zu bytes\n", longest_check);
}
