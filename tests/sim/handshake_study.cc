#include "handshake_study.h"

#include <algorithm>
#include <cstdio>

namespace floe::sim {
namespace {

std::string without_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string column(std::string text, std::size_t width = 13) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

/// Of the name of a row.
std::string wide(std::string text) {
  return column(std::move(text), 31);
}

/// How much later the handshake would have begun: the client waits for its selected pair, and the
/// server takes no first flight before it has one.
Duration later_on_selected_pair(const HandshakeScene& scene, Duration round_trip) {
  const auto left_hello = scene.left.security_checker()->first_hello_at();
  const auto hello = left_hello ? left_hello : scene.right.security_checker()->first_hello_at();
  const auto& [left, right] = scene.selected_at();
  const Timestamp client = left_hello ? *left : *right;
  const Timestamp server = left_hello ? *right : *left;
  return std::max({Duration(0), client - *hello, server - (*hello + round_trip / 2)});
}

std::string in_round_trips(Duration time, Duration round_trip) {
  std::array<char, 32> text{};
  const double trips = static_cast<double>(time.count()) / static_cast<double>(round_trip.count());
  std::snprintf(text.data(), text.size(), "%.1f", trips);
  return text.data();
}

}  // namespace

void HandshakeStudy::run(std::uint64_t seeds) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    options_.seed = seed;
    run_on_pairs();
    run_in_checks();
  }
}

void HandshakeStudy::run_on_pairs() {
  options_.sped = {};
  HandshakeScene scene(options_);
  const std::string problem = scene.run();
  if (problem.empty() && scene.is_through()) return add(scene);
  add_never(first_valid_pair);
  add_never(selected_pair_only);
}

void HandshakeStudy::run_in_checks() {
  options_.sped = {true, true};
  HandshakeScene scene(options_);
  const std::string problem = scene.run();
  longest_check_ = std::max(longest_check_, scene.longest_check());
  if (!problem.empty() || !scene.is_through()) return add_never(in_checks);
  times_[in_checks].push_back(*scene.first_data_at() - *scene.known_at());
}

void HandshakeStudy::add(const HandshakeScene& scene) {
  const Duration time = *scene.first_data_at() - *scene.known_at();
  times_[first_valid_pair].push_back(time);
  times_[selected_pair_only].push_back(time + later_on_selected_pair(scene, options_.round_trip));
}

void HandshakeStudy::add_never(Way way) {
  times_[way].push_back(Duration::max());
  ++never_;
}

Duration HandshakeStudy::percentile(Way way, std::size_t percent) const {
  std::vector<Duration> times = times_[way];
  if (times.empty()) return Duration::max();
  std::ranges::sort(times);
  return times[(times.size() - 1) * percent / 100];
}

std::string HandshakeStudy::heading() {
  std::string text =
      "From both descriptions to the first protected byte, in round trips (ms):\n" + wide("");
  for (const char* way : {"selected pair only", "first valid pair", "in checks"}) {
    text += column(way, 26);
  }
  text = without_end(text) + wide("round trip, loss, descriptions");
  for (std::size_t way = 0; way < kWays; ++way) text += column("p50") + column("p95");
  return without_end(text);
}

std::string HandshakeStudy::to_text() const {
  std::string text = wide(name());
  for (const Way way : {selected_pair_only, first_valid_pair, in_checks}) {
    text += column(cell(way, 50)) + column(cell(way, 95));
  }
  if (never_ > 0) text += std::to_string(never_) + " never";
  return without_end(text);
}

std::string HandshakeStudy::name() const {
  const Duration trip = options_.round_trip;
  std::string text =
      std::to_string(trip / 1ms) + " ms, " + std::to_string(options_.loss_percent) + " %";
  if (options_.answers) text += ", answer in " + in_round_trips(options_.signalling[1], trip);
  return text;
}

std::string HandshakeStudy::cell(Way way, std::size_t percent) const {
  const Duration time = percentile(way, percent);
  if (time == Duration::max()) return "never";
  return in_round_trips(time, options_.round_trip) + " (" + std::to_string(time / 1ms) + ")";
}

}  // namespace floe::sim
