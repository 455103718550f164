#include "worlds/random_world.h"

#include <algorithm>

#include "encryption.h"
#include "worlds/reachability.h"

namespace floe::sim {
namespace {

constexpr Duration kMeetingLimit = 60s;
constexpr Duration kLife = 60s;
constexpr Duration kCalm = 60s;
/// The longest back-off of a controlled end, and a meeting.
constexpr Duration kRecoveryLimit = 90s + 60s;
/// How long two ends may use different pairs while one of them has just left its own.
constexpr Duration kAgreementLimit = 10s;
/// How long an application waits for a lost path to come back, and at most twice that.
constexpr Duration kLossPatience = 5s;
constexpr std::array kSideNames{"left", "right"};

std::string interface_name(std::size_t number) {
  return "eth" + std::to_string(number);
}

}  // namespace

RandomWorld::RandomWorld(std::uint64_t seed, WorldPlan plan)
    : plan_(std::move(plan)), world_(seed), stun_(world_) {
  stun_.set_silent(plan_.silent_stun);
  if (plan_.relay) relay_.emplace(world_, *plan_.relay);
  for (const SitePlan& site : plan_.sites) {
    const auto number = static_cast<std::uint8_t>(sites_.size() + 1);
    sites_.push_back(
        std::make_unique<Site>(world_, network_kinds()[site.kind], site.versions, number));
  }
  for (std::size_t side = 0; side < peers_.size(); ++side) {
    peers_[side] = std::make_unique<Peer>(world_, build_host(side), options_of(side));
  }
}

SimHost& RandomWorld::build_host(std::size_t side) {
  SimHost& host = world_.add_host(kSideNames[side]);
  std::uint8_t place = 0;
  for (InterfacePlan& interface : plan_.sides[side].interfaces) {
    interface.name = interface_name(place);
    // Both hosts may be at one site, and homes use the same addresses: each place is taken once.
    const auto own_place = static_cast<std::uint8_t>(2 * place + side);
    sites_[interface.site]->attach(host, interface.name, own_place, interface.link);
    ++place;
  }
  movements_.add_bridges(host, plan_.sides[side].bridges);
  return host;
}

PeerOptions RandomWorld::options_of(std::size_t side) {
  PeerOptions options;
  options.agent = plan_.sides[side].agent;
  const auto uris = PublicStun::uris();
  options.gather.servers.assign(uris.begin(), uris.end());
  if (plan_.relay && plan_.relay->users[side]) {
    for (Server& server : PlannedRelay::servers(*plan_.relay)) {
      options.gather.servers.push_back(std::move(server));
    }
  }
  options.trickle = plan_.sides[side].trickle;
  options.recovers = plan_.recovers;
  options.checks_paths = plan_.is_moving;
  // By side, since both may begin in the same role.
  if (plan_.encrypts) {
    options.security = encryption_of(side == 0 ? ice::Role::controlling : ice::Role::controlled);
    options.security->sped = plan_.sped[side];
  }
  if (plan_.shared_pacer) {
    options.shared_pacer = &shared_pacer_;
    options.shared_pacing = &shared_pacing_;
  }
  return options;
}

void RandomWorld::after(Duration delay, Calls::Action action) {
  world_.schedule(world_.now() + delay, std::move(action));
}

WorldResult RandomWorld::run() {
  for (const Disturbance& disturbance : plan_.disturbances) {
    after(disturbance.at, [this, &disturbance] { disturb(disturbance); });
  }
  if (plan_.relay && plan_.relay->forgets_at) {
    after(*plan_.relay->forgets_at, [this] { relay_->forget(); });
  }
  for (std::size_t side = 0; side < peers_.size(); ++side) {
    peers_[side]->gather();
    peers_[side]->signal_to(*peers_[1 - side], plan_.sides[side].signalling_delay);
    send_data(side);
    if (plan_.restarts_when_lost) watch_over(side);
  }
  const Timestamp begin = world_.now();
  (void)world_.run_until([this] { return is_decided(); }, kMeetingLimit);
  judge_meeting();
  const Duration spent = world_.now() - begin;
  world_.run_for(std::max(kLife, plan_.disturbed_for() - spent));
  calm();
  world_.run_for(kCalm);
  // A restart may have begun late, and signals may take their time.
  (void)world_.run_until([this] { return connected_count() != 1; }, kMeetingLimit);
  if (plan_.recovers) judge_recovery();
  judge_end();
  result_.trace_hash = world_.trace().hash_value();
  result_.datagrams = world_.trace().counters().sent;
  return result_;
}

// What happens ------------------------------------------------------------------------------------

void RandomWorld::send_data(std::size_t side) {
  Peer& peer = *peers_[side];
  for_each_component([&](ice::StreamComponent component) {
    (void)peer.driver().send(component, as_bytes("data of the application"));
  });
  if (!is_sending_) return;
  peer.host().schedule(world_.now() + plan_.sides[side].data_interval,
                       [this, side] { send_data(side); });
}

/// The application: restarts ICE when the path it had does not come back.
void RandomWorld::watch_over(std::size_t side) {
  Peer& peer = *peers_[side];
  const ice::State state = peer.agent().state();
  const bool is_lost = state == ice::State::disconnected || state == ice::State::failed;
  if (state == ice::State::closed) return;
  if (is_lost && was_lost_[side]) {
    world_.trace().note(world_.now(), kSideNames[side], "restarts a lost path");
    peer.restart();
  }
  was_lost_[side] = is_lost && !was_lost_[side];
  peer.host().schedule(world_.now() + kLossPatience, [this, side] { watch_over(side); });
}

void RandomWorld::disturb(const Disturbance& disturbance) {
  Peer& peer = *peers_[disturbance.side];
  world_.trace().note(world_.now(), kSideNames[disturbance.side], to_text(disturbance.what));
  switch (disturbance.what) {
    case Happening::restart:
      return when_awake(disturbance.side, [&peer] { peer.restart(); });
    case Happening::both_restart:
      for (std::size_t side = 0; side < peers_.size(); ++side) {
        when_awake(side, [this, side] { peers_[side]->restart(); });
      }
      return;
    case Happening::address_change:
      return when_awake(disturbance.side, [&] { change_address(disturbance.side); });
    case Happening::interface_loss:
      return when_awake(disturbance.side, [&] { lose_interface(disturbance); });
    case Happening::outage:
      set_link(disturbance, false);
      return after(disturbance.lasts, [&] { set_link(disturbance, true); });
    case Happening::sleep:
      peer.host().fall_asleep();
      return after(disturbance.lasts, [&] { peer.host().wake(); });
    case Happening::nat_reboot:
      return reboot_nats(disturbance.side);
    case Happening::signalling_outage:
      peer.signalling_path().set_up(false);
      return after(disturbance.lasts, [&] { peer.signalling_path().set_up(true); });
    case Happening::address_ahead:
      return when_awake(disturbance.side, [this, &disturbance] {
        SimHost& host = peers_[disturbance.side]->host();
        movements_.move_ahead(host, disturbance, next_place_++);
      });
    case Happening::nat_moves:
      return movements_.move_nat(disturbance);
    case Happening::servers_away:
      set_servers_away(true);
      return after(disturbance.lasts, [this] { set_servers_away(false); });
  }
}

/// Neither an application nor the network of a host does anything while it sleeps.
void RandomWorld::when_awake(std::size_t side, Calls::Action action) {
  peers_[side]->host().schedule(world_.now(), std::move(action));
}

void RandomWorld::change_address(std::size_t side) {
  SimHost& host = peers_[side]->host();
  Interface* interface = host.interface(plan_.sides[side].interfaces.front().name);
  if (interface == nullptr) return;
  const Site& site = *sites_[plan_.sides[side].interfaces.front().site];
  host.set_addresses(*interface, site.addresses(next_place_++));
}

void RandomWorld::lose_interface(const Disturbance& disturbance) {
  SimHost& host = peers_[disturbance.side]->host();
  const std::string name = plan_.sides[disturbance.side].interfaces.back().name;
  if (host.interface(name) == nullptr) return;
  host.remove_interface(name);
  host.schedule(world_.now() + disturbance.lasts, [this, &host, &disturbance, name] {
    const InterfacePlan& interface = plan_.sides[disturbance.side].interfaces.back();
    if (interface.name != name) return;  // another took its place
    sites_[interface.site]->attach(host, name, next_place_++, interface.link);
  });
}

void RandomWorld::set_link(const Disturbance& disturbance, bool is_up) {
  SimHost& host = peers_[disturbance.side]->host();
  Interface* interface = host.interface(plan_.sides[disturbance.side].interfaces.front().name);
  if (interface != nullptr) interface->link().is_up = is_up;
}

void RandomWorld::reboot_nats(std::size_t side) {
  Site& site = *sites_[plan_.sides[side].interfaces.front().site];
  if (site.home_nat() != nullptr) site.home_nat()->reboot();
  if (site.carrier_nat() != nullptr) site.carrier_nat()->reboot();
}

void RandomWorld::set_servers_away(bool are_away) {
  stun_.set_silent(are_away || plan_.silent_stun);
  if (relay_) relay_->set_away(are_away);
}

/// A host that slept loses its interface only when it wakes, and it may come back after this.
void RandomWorld::calm() {
  for (std::size_t side = 0; side < peers_.size(); ++side) {
    for (InterfacePlan& planned : plan_.sides[side].interfaces) {
      planned.link.loss_ppm = 0;
      Interface* interface = peers_[side]->host().interface(planned.name);
      if (interface == nullptr) continue;
      interface->link().loss_ppm = 0;
      interface->link().is_up = true;
    }
  }
}

// What must hold ----------------------------------------------------------------------------------

std::size_t RandomWorld::connected_count() const {
  std::size_t count = 0;
  for (const auto& peer : peers_) count += peer->connected() ? 1u : 0u;
  return count;
}

bool RandomWorld::is_decided() const {
  return connected_count() == 2 || (peers_[0]->agent().state() == ice::State::failed &&
                                    peers_[1]->agent().state() == ice::State::failed);
}

void RandomWorld::judge_meeting() {
  result_.connected = connected_count() == 2;
  const bool is_direct = can_connect(plan_);
  const Joining joining = joining_of(plan_);
  if (!plan_.is_quiet() || (!is_direct && joining == Joining::maybe)) return;
  if (result_.connected == (is_direct || joining == Joining::always)) return;
  complain(result_.connected ? "connected where no path is" : "did not connect where a path is");
}

/// Both restart by themselves, at the latest after the longest back-off.
void RandomWorld::judge_recovery() {
  // A lite side uses one address of each family: which one decides whether it can be reached.
  for (const SidePlan& side : plan_.sides) {
    const bool is_lite = side.agent.implementation == ice::Implementation::lite;
    if (is_lite && side.interfaces.size() > 1) return;
  }
  if (!can_connect(plan_)) return;
  if (!world_.run_until([this] { return connected_count() == 2; }, kRecoveryLimit)) {
    complain("did not meet again where a path is");
  }
}

void RandomWorld::judge_end() {
  if (connected_count() == 1) complain("only one side is connected at the end");
  if (connected_count() == 2) judge_pairs();
  is_sending_ = false;
  if (connected_count() == 2) judge_data();
  judge_closing();
  for (const auto& peer : peers_) {
    for (std::string& violation : peer->checker().take_violations()) complain(std::move(violation));
    if (peer->path_checker() != nullptr) {
      for (std::string& violation : peer->path_checker()->take_violations()) {
        complain(std::move(violation));
      }
    }
    if (peer->security_checker() == nullptr) continue;
    for (std::string& violation : peer->security_checker()->take_violations()) {
      complain(std::move(violation));
    }
  }
}

/// What a NAT made of a base is a candidate of its own, unless there are too many already.
bool RandomWorld::is_local(std::size_t side, const ice::Candidate& ours,
                           const ice::Candidate& as_seen) const {
  const bool is_full =
      peers_[side]->agent().known_local_candidates().size() == ice::kLocalCandidatesMax;
  return ours.address == as_seen.address || (is_full && ours.address == ours.base);
}

bool RandomWorld::hold_the_same_pairs() const {
  bool are_mirrored = true;
  for_each_component([&](ice::StreamComponent component) {
    const auto left = peers_[0]->agent().selected_pair(component);
    const auto right = peers_[1]->agent().selected_pair(component);
    are_mirrored = are_mirrored && left && right && is_local(0, left->local, right->remote) &&
                   is_local(1, right->local, left->remote);
  });
  return are_mirrored;
}

// A lossy path falls silent by chance: one end may just have left it, and the other not yet.
//
// Not where a side nominates with each check: of two pairs that work both ways, each end may know
// the nomination of another, because the answer to it was lost. RFC 8445 removed that mode, and
// here it only has to carry the data.
void RandomWorld::judge_pairs() {
  const bool is_aggressive = std::ranges::any_of(plan_.sides, [](const SidePlan& side) {
    return side.agent.nomination == ice::NominationMode::aggressive;
  });
  if (is_aggressive) return;
  (void)world_.run_until([this] { return hold_the_same_pairs(); }, kAgreementLimit);
  if (!hold_the_same_pairs()) complain("the ends hold different pairs");
}

void RandomWorld::judge_data() {
  std::array<std::size_t, 2> before{};
  for (std::size_t side = 0; side < peers_.size(); ++side) {
    before[side] = peers_[side]->received().size();
  }
  for (std::size_t side = 0; side < peers_.size(); ++side) send_data(side);
  std::size_t expected = 0;
  for_each_component([&](ice::StreamComponent) { ++expected; });
  world_.run_for(1s);
  for (std::size_t side = 0; side < peers_.size(); ++side) {
    const bool arrived = peers_[side]->received().size() >= before[side] + expected;
    if (!arrived) complain(std::string(kSideNames[side]) + " is connected and hears nothing");
  }
}

void RandomWorld::judge_closing() {
  for (const auto& peer : peers_) peer->driver().close();
  world_.run_for(1s);
  for (const auto& peer : peers_) {
    if (peer->agent().deadline() != kNever) complain("waits for something after it was closed");
  }
}

}  // namespace floe::sim
