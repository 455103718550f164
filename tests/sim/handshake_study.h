// How long two encrypted ends take from the moment when each knows the description of the other one
// to the first protected byte, over many seeds, in three ways:
//
//   first valid pair    the handshake begins on the first pair that works, as it is
//   selected pair only  it begins when a pair is selected
//   in checks           it begins with the checks of ICE and rides in them (SPED)
#pragma once

#include <array>
#include <string>
#include <vector>

#include "handshake_scene.h"

namespace floe::sim {

class HandshakeStudy {
 public:
  enum Way : std::size_t { first_valid_pair, selected_pair_only, in_checks, kWays };

  explicit HandshakeStudy(const HandshakeOptions& options) : options_(options) {}

  /// Seeds from 1 on.
  void run(std::uint64_t seeds);

  /// The time within which so many of a hundred were through; those that never were count as the
  /// slowest.
  Duration percentile(Way way, std::size_t percent) const;
  /// Of all ways together.
  std::size_t never() const { return never_; }
  /// Of the checks, and of the answers to them.
  std::size_t longest_check() const { return longest_check_; }

  /// A row of the table, under heading().
  std::string to_text() const;
  static std::string heading();

 private:
  void run_on_pairs();
  void run_in_checks();
  void add(const HandshakeScene& scene);
  void add_never(Way way);
  std::string name() const;
  std::string cell(Way way, std::size_t percent) const;

  HandshakeOptions options_;
  std::array<std::vector<Duration>, kWays> times_;
  std::size_t never_ = 0;
  std::size_t longest_check_ = 0;
};

}  // namespace floe::sim
