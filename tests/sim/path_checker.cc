#include "path_checker.h"

#include <algorithm>
#include <utility>

#include "check_list.h"

namespace floe::sim {

PathChecker::PathChecker(World& world, SimHost& host, const ice::Agent& agent, bool is_encrypted)
    : world_(world),
      host_(host),
      agent_(agent),
      is_encrypted_(is_encrypted),
      violations_(world.trace()) {
  const ice::AgentConfig& config = agent.config();
  for (ice::DataStreamId stream = 0; stream < config.streams; ++stream) {
    for (ice::ComponentId number = 1; number <= config.components; ++number) {
      selections_.push_back({{stream, number}, std::nullopt, world.now()});
    }
  }
  host_.add_observer(*this);
  world_.add_watcher(*this);
}

PathChecker::~PathChecker() {
  host_.remove_observer(*this);
  world_.remove_watcher(*this);
}

void PathChecker::violate(std::string_view what) {
  const std::string text = host_.name() + ' ' + std::string(what);
  world_.trace().note(world_.now(), "checker", text);
  violations_.add(text);
}

PathChecker::Facts& PathChecker::facts(const ice::Route& path) {
  Facts& found = paths_.insert(FiveTuple::of(path.local, path.remote), Facts());
  found.path = path;
  if (found.component) return found;
  const auto& locals = agent_.known_local_candidates();
  const auto local = std::ranges::find(locals, path.local, &ice::Candidate::base);
  if (local != locals.end()) found.component = local->id();
  return found;
}

// What is seen ------------------------------------------------------------------------------------

void PathChecker::note_event(const ice::Event& event) {
  touched_ = true;
  if (std::holds_alternative<ice::DataReceived>(event)) ++data_events_;
  const auto* changed = std::get_if<ice::StateChanged>(&event);
  if (changed == nullptr) return;
  closed_ = closed_ || changed->state == ice::State::closed;
  if (changed->state == ice::State::failed) judge_failure();
}

void PathChecker::note_heard(const ice::Route& path, bool answers) {
  Facts& known = facts(path);
  known.heard_at = world_.now();
  if (answers) known.answered_at = world_.now();
}

void PathChecker::on_sending(const TransportAddress& from, const TransportAddress& to, Bytes) {
  touched_ = true;
  facts({from, to}).sent_at = world_.now();
}

void PathChecker::on_arriving(const Datagram& datagram) {
  arriving_ = {datagram.local, datagram.remote};
  const Facts& path = facts(*arriving_);
  expects_data_ = !closed_ && !stun::looks_like_stun(datagram.payload) &&
                  is_within(path.selected_at, kUnderWayMax);
  data_before_ = data_received();
  requests_before_ = agent_.counters().checks_received;
  responses_before_ = agent_.counters().check_responses_received;
}

/// The agent counts requests and answers once they have proved who sent them.
void PathChecker::on_arrived(const Datagram&) {
  touched_ = true;
  if (!arriving_) return;
  const bool request = agent_.counters().checks_received > requests_before_;
  const bool response = agent_.counters().check_responses_received > responses_before_;
  if (request || response) note_heard(*arriving_, response);
  if (expects_data_ && data_received() == data_before_) {
    violate("dropped data that came by a path which was selected just now");
  }
  arriving_.reset();
}

void PathChecker::on_step() {
  if (closed_) return;
  if (host_.is_asleep()) {
    for (Selection& selection : selections_) selection.none_since = world_.now();
    return;
  }
  if (!std::exchange(touched_, false)) return;
  if (const auto peer = agent_.remote_credentials(); peer != peer_) {
    peer_ = peer;
    for (Selection& selection : selections_) selection.none_since = world_.now();
  }
  for (Selection& selection : selections_) {
    follow(selection);
    check_use(selection);
  }
}

/// What was selected when the agent was last looked at was so until now. What an agent lost is not
/// what it left for another path: the peer's consent, or the address, is gone.
void PathChecker::follow(Selection& selection) {
  const auto pair = agent_.selected_pair(selection.component);
  if (selection.path) {
    facts(*selection.path).selected_at = pair ? std::optional(world_.now()) : std::nullopt;
    if (!pair) facts(*selection.path).lost_at = world_.now();
  }
  if (pair || !peer_) selection.none_since = world_.now();
  selection.path.reset();
  if (!pair || agent_.is_relayed(pair->local.base)) return;
  selection.path = {pair->local.base, pair->remote.address};
  facts(*selection.path).selected_at = world_.now();
}

// What must hold ----------------------------------------------------------------------------------

/// Not one whose check is under way, nor one that may not be used: RFC 7675, section 5.1: once
/// consent is lost, "the same ICE credentials MUST NOT be used on the affected 5-tuple again".
bool PathChecker::is_idle(const ice::Route& path) const {
  const auto index = agent_.check_list().find(path);
  if (!index) return !is_peer_reflexive(path.remote);
  const ice::CandidatePair& pair = agent_.check_list().at(*index);
  return pair.state != ice::PairState::in_progress && pair.failure != ice::PairFailure::silent;
}

/// RFC 8445, section 7.3.1.3: "the ICE agent does not pair this candidate with any local
/// candidates", but with the one on which its check came.
bool PathChecker::is_peer_reflexive(const TransportAddress& remote) const {
  const auto remotes = agent_.remote_candidates();
  const auto place = std::ranges::find(remotes, remote, &ice::Candidate::address);
  return place != remotes.end() && place->type == ice::CandidateType::peer_reflexive;
}

bool PathChecker::is_usable(const ice::Route& path) const {
  const auto locals = agent_.local_candidates();
  const auto remotes = agent_.remote_candidates();
  return std::ranges::find(locals, path.local, &ice::Candidate::base) != locals.end() &&
         std::ranges::find(remotes, path.remote, &ice::Candidate::address) != remotes.end();
}

/// A lite agent waits for what its peer nominates.
void PathChecker::check_use(const Selection& selection) {
  if (is_lite() || world_.now() - selection.none_since < kUnusedMax) return;
  for (const auto& [tuple, path] : paths_) {
    if (path.component != selection.component) continue;
    if (!is_within(path.heard_at, kDeliveredWithin) || is_within(path.sent_at, kUnusedMax))
      continue;
    if (is_within(path.heard_at, kUnusedMax) || !is_usable(path.path) || !is_idle(path.path)) {
      continue;
    }
    violate("leaves " + path.path.local.to_text() + " to " + path.path.remote.to_text() +
            " unused, which delivered just now, while no pair is selected");
    facts(path.path).sent_at = world_.now();  // told once
    return;
  }
}

void PathChecker::judge_failure() {
  const bool may_have = std::ranges::any_of(selections_, [&](const Selection& selection) {
    return may_have_failed(selection.component);
  });
  if (!may_have) violate("failed before consent expired, and did not try every pair");
}

/// RFC 8445, section 7.2.5.4: a check list fails for a component without a valid pair in this list,
/// although data may still go by a pair of the generation before.
bool PathChecker::may_have_failed(ice::StreamComponent component) {
  if (agent_.selected_pair_index(component)) return false;
  return !has_consent(component) || tried_all(component);
}

/// A lite agent is granted none: that it hears its peer's checks has to do, also on a path that is
/// not selected.
bool PathChecker::has_consent(ice::StreamComponent component) const {
  const auto remotes = agent_.remote_candidates();
  return std::ranges::any_of(paths_, [&](const auto& entry) {
    const Facts& path = entry.second;
    if (path.component != component) return false;
    const bool delivered = is_lite() ? is_within(path.heard_at, kUnusedMax)
                                     : is_within(path.answered_at, kDeliveredWithin);
    // Either end may have lost its address since. What this end had selected may come back.
    const bool peer_has_it =
        std::ranges::find(remotes, path.path.remote, &ice::Candidate::address) != remotes.end();
    const bool was_selected = peer_has_it && is_within(path.lost_at, kDeliveredWithin);
    return delivered && (was_selected || is_usable(path.path));
  });
}

/// An agent without an address has tried nothing.
bool PathChecker::tried_all(ice::StreamComponent component) {
  bool has_usable = false;
  for (const ice::PairIndex index : agent_.check_list().indices()) {
    const ice::Route path = agent_.check_list().route_of(index);
    if (agent_.check_list().at(index).component != component || !is_usable(path)) continue;
    has_usable = true;
    if (agent_.is_relayed(path.local)) continue;
    if (!is_within(facts(path).sent_at, kTriedWithin)) return false;
  }
  return has_usable;
}

}  // namespace floe::sim
