#include "sim_checks.h"

#include <algorithm>
#include <utility>

#include "floe/stun/message_view.h"
#include "milliseconds.h"
#include "sim_fate.h"

namespace floe::cli {
SimChecks::SimChecks(sim::World& world, const ice::Agent& left, const ice::Agent& right)
    : world_(world), agents_{&left, &right} {
  world_.add_packet_watcher(*this);
  world_.add_watcher(*this);
}

SimChecks::~SimChecks() {
  world_.remove_watcher(*this);
  world_.remove_packet_watcher(*this);
}

// What happens ------------------------------------------------------------------------------------

/// The end whose check it is; what a relay sends is the check of its client.
std::optional<SimSide> SimChecks::sender_of(const sim::SentPacket& packet) const {
  for (const SimSide side : {SimSide::left, SimSide::right}) {
    if (packet.from.starts_with(std::string(to_text(side)) + ':')) return side;
    const auto is_relay = [&](const ice::Candidate& candidate) {
      return candidate.type == ice::CandidateType::relayed && candidate.address == packet.source;
    };
    if (std::ranges::any_of(agent(side).known_local_candidates(), is_relay)) return side;
  }
  return std::nullopt;
}

void SimChecks::on_packet_sent(const sim::SentPacket& packet) {
  const auto message = stun::MessageView::parse(packet.payload);
  if (!message || message->method() != stun::Method::binding) return;
  const stun::TransactionId id = message->transaction_id();
  if (message->is_request() && message->has(stun::AttributeType::username)) note_check(packet, id);
  const auto asked = latest_.find(id);
  if (message->is_response() && asked != latest_.end()) answers_[packet.number] = asked->second;
}

void SimChecks::note_check(const sim::SentPacket& packet, const stun::TransactionId& id) {
  const auto side = sender_of(packet);
  if (!side) return;
  packets_.emplace(packet.number, PacketTrack{*side, world_.now(), packet.source,
                                              packet.destination, std::string(packet.from)});
  new_packets_.push_back(packet.number);
  latest_[id] = packet.number;
}

void SimChecks::on_packet_ended(std::uint64_t number, sim::Fate fate, std::string_view place) {
  if (const auto check = packets_.find(number); check != packets_.end()) {
    check->second.fate = fate;
    if (!place.empty()) check->second.place = place;
  }
  const auto answer = answers_.find(number);
  if (answer == answers_.end()) return;
  const auto check = packets_.find(answer->second);
  if (check == packets_.end()) return;
  if (fate == sim::Fate::delivered) {
    check->second.answered_at = world_.now();
  } else {
    check->second.answer_lost = why_lost(fate, place);
  }
}

void SimChecks::on_step() {
  follow(SimSide::left);
  follow(SimSide::right);
  for (const std::uint64_t number : new_packets_) {
    // Questions for consent are no attempts.
    if (Attempt* attempt = attempt_of(packets_.at(number))) {
      attempt->packet = number;
    } else {
      packets_.erase(number);
    }
  }
  new_packets_.clear();
}

void SimChecks::follow(SimSide side) {
  const auto pairs = agent(side).pairs();
  auto& tracks = pairs_[static_cast<std::size_t>(side)];
  if (tracks.size() < pairs.size()) tracks.resize(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    PairTrack& track = tracks[i];
    const ice::PairStatistics& counts = pairs[i].statistics;
    while (track.answers < counts.responses_received) {
      note_answer(track, counts.current_round_trip);
    }
    while (track.attempts.size() < counts.requests_sent) {
      track.attempts.push_back({world_.now(), pairs[i].nomination.is_pending()});
    }
  }
}

/// What the agent counts does not say which attempt was answered, but what it measured does.
void SimChecks::note_answer(PairTrack& track, Duration round_trip) const {
  ++track.answers;
  if (track.attempts.empty() || std::ranges::any_of(track.attempts, is_seen)) return;
  const auto asked = std::ranges::find(track.attempts, world_.now() - round_trip, &Attempt::at);
  (asked == track.attempts.end() ? track.attempts.back() : *asked).answered_at = world_.now();
}

/// The latest attempt that sent it; nullptr: none did.
SimChecks::Attempt* SimChecks::attempt_of(const PacketTrack& packet) {
  const ice::Agent& sender = agent(packet.side);
  auto& tracks = pairs_[static_cast<std::size_t>(packet.side)];
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const ice::CandidatePair& pair = sender.pairs()[i];
    if (sender.known_local_candidates()[pair.local.value()].base != packet.source) continue;
    if (sender.known_remote_candidates()[pair.remote.value()].address != packet.destination) {
      continue;
    }
    auto& attempts = tracks[i].attempts;
    if (!attempts.empty() && !attempts.back().packet) return &attempts.back();
  }
  return nullptr;
}

// What is told of it ------------------------------------------------------------------------------

const SimChecks::PacketTrack* SimChecks::packet_of(const Attempt& attempt) const {
  const auto packet = attempt.packet ? packets_.find(*attempt.packet) : packets_.end();
  return packet == packets_.end() ? nullptr : &packet->second;
}

/// A relay hears the answer as much earlier than its client as it sent the check later.
std::optional<Duration> SimChecks::answered_after(const Attempt& attempt) const {
  if (attempt.answered_at) return *attempt.answered_at - attempt.at;
  const PacketTrack* packet = packet_of(attempt);
  if (packet == nullptr || !packet->answered_at) return std::nullopt;
  return *packet->answered_at - attempt.at + (packet->sent_at - attempt.at);
}

SimChecks::Outcome SimChecks::outcome_of(const Attempt& attempt, SimSide side,
                                         bool leaves_relay) const {
  Outcome outcome{.is_answered = answered_after(attempt).has_value(),
                  .nominates = attempt.nominates};
  const PacketTrack* packet = packet_of(attempt);
  if (outcome.is_answered) return outcome;
  if (packet == nullptr && leaves_relay) {
    outcome.lost = "lost before the TURN server";
    outcome.lost_near = true;
  }
  if (packet == nullptr || !packet->fate) return outcome;
  outcome.answer_lost = packet->answer_lost;
  outcome.lost = why_lost(*packet->fate, packet->place);
  outcome.lost_near = is_near(packet->place, side);
  return outcome;
}

void SimChecks::add_events(SimSide side, std::size_t pair, std::vector<SimEvent>& events) const {
  const ice::CandidatePair& checked = agent(side).pairs()[pair];
  const auto& local = agent(side).known_local_candidates()[checked.local.value()];
  const auto& remote = agent(side).known_remote_candidates()[checked.remote.value()];
  const std::string what = std::string(to_text(remote.type)) + " " + remote.address.to_text() +
                           (local.type == ice::CandidateType::relayed ? " by relay" : "");
  const auto& attempts = pairs_[static_cast<std::size_t>(side)][pair].attempts;
  const bool has_packets = std::ranges::any_of(attempts, is_seen);
  const bool leaves_relay = has_packets && local.type == ice::CandidateType::relayed;
  const bool was_answered = std::ranges::any_of(
      attempts, [](const Attempt& attempt) { return attempt.answered_at.has_value(); });
  for (auto first = attempts.begin(); first != attempts.end();) {
    const Outcome outcome = outcome_of(*first, side, leaves_relay);
    const auto differs = [&](const Attempt& attempt) {
      return outcome_of(attempt, side, leaves_relay) != outcome;
    };
    const auto begin = std::exchange(first, std::find_if(first, attempts.end(), differs));
    // An agent counts no answer to a check that it has given up for another one.
    if (!has_packets && was_answered && !outcome.is_answered) continue;
    SimEvent event{.at = begin->at - sim::kBeginning,
                   .side = side,
                   .kind = outcome.nominates ? "nomination" : "check",
                   .text = (outcome.nominates ? "nominates " : "checks ") + what,
                   .times = outcome.is_answered ? 1 : static_cast<std::size_t>(first - begin),
                   .is_sent = true,
                   .lost = outcome.lost,
                   .lost_near = outcome.lost_near};
    if (outcome.is_answered) {
      event.text += ", answered in " + milliseconds_text(*answered_after(*begin));
    } else if (!outcome.answer_lost.empty()) {
      event.text += ", its answer " + outcome.answer_lost;
    } else if (outcome.lost.empty()) {
      event.text += ", no answer";
    }
    events.push_back(std::move(event));
  }
}

std::vector<SimEvent> SimChecks::events() const {
  std::vector<SimEvent> events;
  for (const SimSide side : {SimSide::left, SimSide::right}) {
    const std::size_t count = pairs_[static_cast<std::size_t>(side)].size();
    for (std::size_t pair = 0; pair < count; ++pair) add_events(side, pair, events);
  }
  return events;
}

}  // namespace floe::cli
