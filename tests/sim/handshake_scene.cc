#include "handshake_scene.h"

#include <algorithm>

#include "encryption.h"
#include "floe/dtls/options.h"
#include "floe/stun/message.h"

namespace floe::sim {
namespace {

constexpr Duration kGathering = 1s;
constexpr Duration kSendAgain = 10ms;
/// A handshake that fails, after a path that took its time.
constexpr Duration kRunLimit = dtls::kHandshakeTimeMax + 45s;

PeerOptions options_of(ice::Role role, const HandshakeOptions& options) {
  PeerOptions result;
  result.agent.role = role;
  result.agent.components = options.components;
  result.recovers = options.recovers;
  result.security = encryption_of(role);
  result.security->sped = options.sped[role == ice::Role::controlling ? 0 : 1];
  return result;
}

}  // namespace

/// Of four crossings of links each costs a quarter.
Link HandshakeOptions::link(bool is_left) const {
  return {.delay = round_trip / 4, .loss_ppm = is_left ? loss_percent * 10'000 : 0, .mtu = mtu};
}

HandshakeScene::HandshakeScene(const HandshakeOptions& options)
    : world(options.seed),
      left(world, world.add_host("left", {IpAddress::v4(192, 0, 2, 1)}, options.link(true)),
           options_of(ice::Role::controlling, options)),
      right(world, world.add_host("right", {IpAddress::v4(192, 0, 2, 2)}, options.link(false)),
            options_of(ice::Role::controlled, options)),
      options_(options) {
  world.add_watcher(*this);
  world.add_packet_watcher(*this);
  for (Peer* end : ends()) end->gather();
  world.run_for(kGathering);
}

HandshakeScene::~HandshakeScene() {
  world.remove_packet_watcher(*this);
  world.remove_watcher(*this);
}

void HandshakeScene::begin() {
  left.signal_to(right, options_.signalling[0]);
  const auto describe_right = [this] { right.signal_to(left, options_.signalling[1]); };
  if (options_.answers) {
    world.schedule(world.now() + options_.signalling[0], describe_right);
  } else {
    describe_right();
  }
  send_again();
}

std::string HandshakeScene::run() {
  begin();
  (void)world.run_until([&] { return is_through() || is_over(); }, kRunLimit);
  if (is_through()) return {};
  if (left.security_checker()->failure()) return problem_of(0);
  if (right.security_checker()->failure()) return problem_of(1);
  return "neither through nor failed after " + std::to_string(kRunLimit / 1s) + " s";
}

std::string HandshakeScene::problem_of(std::size_t failed) {
  const SecurityChecker& checker = *ends()[failed]->security_checker();
  const auto& other = closed_at_[1 - failed];
  if (checker.failure()->message.empty()) return "failed without a word";
  const Duration bye = options_.signalling[failed];
  if (!other || *other - *checker.failed_at() > bye) return "the peer of what failed goes on";
  const auto began = checker.first_hello_at()
                         ? checker.first_hello_at()
                         : ends()[1 - failed]->security_checker()->first_hello_at();
  if (!began) return "failed before it began";
  if (*checker.failed_at() - *began > dtls::kHandshakeTimeMax + options_.round_trip) {
    return "failed too late";
  }
  return {};
}

// Data --------------------------------------------------------------------------------------------

void HandshakeScene::send_again() {
  for (std::size_t i = 0; i < 2; ++i) {
    Peer& end = *ends()[i];
    if (!heard_[1 - i] && end.security_checker()->secured_at()) (void)end.send("data");
  }
  if (is_through() || is_over()) return;
  world.schedule(world.now() + kSendAgain, [this] { send_again(); });
}

void HandshakeScene::on_step() {
  for (std::size_t i = 0; i < 2; ++i) {
    Peer& end = *ends()[i];
    if (!selected_at_[i] && end.agent().selected_pair(1)) selected_at_[i] = world.now();
    if (!closed_at_[i] && end.agent().state() == ice::State::closed) closed_at_[i] = world.now();
    heard_[i] = !end.received().empty();
    if (end.security_checker()->secured_at() && !has_sent_[i]) has_sent_[i] = end.send("data");
  }
  const bool both_know = left.agent().remote_credentials() && right.agent().remote_credentials();
  if (!known_at_ && both_know) known_at_ = world.now();
}

void HandshakeScene::on_packet_sent(const SentPacket& packet) {
  if (!stun::looks_like_stun(packet.payload)) return;
  longest_check_ = std::max(longest_check_, packet.payload.size());
}

std::optional<Timestamp> HandshakeScene::first_data_at() const {
  std::optional<Timestamp> first;
  for (const Peer* end : ends()) {
    const auto at = end->security_checker()->first_data_at();
    if (at && (!first || *at < *first)) first = at;
  }
  return first;
}

}  // namespace floe::sim
