#include "floe/signal/session.h"

#include "announcement.h"
#include "floe/signal/limits.h"
#include "ice_option_tokens.h"
#include "pairing.h"
#include "peer_candidates.h"
#include "session_report.h"
#include "stream_mids.h"

namespace floe::signal {

Session::Session(SessionOptions options, const ice::Agent& agent)
    : report_(std::make_unique<SessionReport>()),
      pairing_(std::make_unique<Pairing>(agent.local_credentials().ufrag)) {
  const StreamMids mids(std::move(options.sdp_mid), agent.config().streams);
  announcement_ = std::make_unique<Announcement>(options.trickle, mids, std::move(options.name_of));
  peer_candidates_ = std::make_unique<PeerCandidates>(mids, options.resolves_names, *report_);
}

Session::~Session() = default;

std::size_t Session::held_count() const {
  return peer_candidates_->held_count();
}

const SessionCounters& Session::counters() const {
  return report_->counters();
}

// This agent, to the peer -----------------------------------------------------------------------

void Session::start(const ice::Agent& agent) {
  if (is_started_) return;
  is_started_ = true;
  describe(agent);
}

void Session::describe(const ice::Agent& agent) {
  if (!is_started_) return;  // start() describes later
  auto description = announcement_->describe(agent, pairing_->partner_ufrag());
  if (!description) return;
  pairing_->handle_description_sent();
  send(std::move(*description));
}

void Session::handle_event(const ice::Event& event, const ice::Agent& agent) {
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    auto message = announcement_->handle_candidate_found(agent, found->candidate);
    if (message) send(std::move(*message));
  } else if (const auto* removed = std::get_if<ice::LocalCandidateRemoved>(&event)) {
    auto message = announcement_->handle_candidate_removed(agent, removed->candidate);
    if (message) send(std::move(*message));
  } else if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state != ice::GatheringState::complete) return;
    if (announcement_->is_due()) describe(agent);
    for (EndOfCandidates& end : announcement_->handle_gathering_complete(agent)) {
      send(std::move(end));
    }
  } else if (std::holds_alternative<ice::SelectedPairChanged>(event)) {
    pairing_->handle_selected_pair();
  }
}

void Session::restart(Timestamp now, ice::Agent& agent) {
  // The peer does not know the present generation yet, so a restart would bring it nothing new. The
  // peer also has nothing to answer yet, so it would not begin a new generation either.
  if (announcement_->is_due()) return;
  agent.restart(now);
  pairing_->restart(agent.local_credentials().ufrag);
  announcement_->begin_generation();
  describe(agent);
}

void Session::request_restart() {
  send(RestartRequest{});
}

void Session::repeat_description(const ice::Agent& agent) {
  describe(agent);
}

void Session::bye(std::string_view reason) {
  send(Bye{std::string(reason)});
}

void Session::send(Message message) {
  if (outgoing_.size() == kOutgoingMessagesMax) {
    ++report_->counters().outgoing_dropped;
    return;
  }
  outgoing_.push_back(std::move(message));
}

std::optional<Message> Session::poll_message() {
  if (outgoing_.empty()) return std::nullopt;
  Message message = std::move(outgoing_.front());
  outgoing_.pop_front();
  return message;
}

std::optional<SessionError> Session::poll_error() {
  return report_->poll_error();
}

std::optional<NameWanted> Session::poll_name() {
  return peer_candidates_->poll_name();
}

std::optional<CandidateSkipped> Session::poll_skipped() {
  return report_->poll_skipped();
}

void Session::handle_name(Timestamp now, const NameResolved& answer, ice::Agent& agent) {
  peer_candidates_->handle_name(now, answer, agent);
}

// The peer, to this agent -----------------------------------------------------------------------

void Session::receive(Timestamp now, const Message& message, ice::Agent& agent) {
  if (bye_) {
    ++report_->counters().ignored_after_bye;
    return;
  }
  std::visit([&](const auto& body) { handle(now, body, agent); }, message);
}

void Session::handle(Timestamp now, const Description& description, ice::Agent& agent) {
  using Verdict = Pairing::DescriptionVerdict;
  SessionCounters& counters = report_->counters();
  switch (pairing_->judge(description)) {
    case Verdict::pair:
      give_to_agent(now, description, agent);
      if (pairing_->owes_answer()) describe(agent);
      return;
    case Verdict::merge:
      ++counters.descriptions_repeated;
      return peer_candidates_->add_all(now, description, agent);
    case Verdict::hold:
      ++counters.descriptions_repeated;
      return peer_candidates_->hold_all(description);
    case Verdict::restart_and_pair:
      return answer_restart(now, description, true, agent);
    case Verdict::restart_and_wait:
      return answer_restart(now, description, false, agent);
    case Verdict::drop_old:
      ++counters.dropped_old;
      return;
    case Verdict::reject_unchanged:
      ++counters.dropped_old;
      return report_->add({SessionErrorCode::restart_not_answered, {}});
    case Verdict::reject_reused:
      return report_->add({SessionErrorCode::credentials_reused, {}});
    case Verdict::reject_own:
      return report_->add({SessionErrorCode::own_description, {}});
  }
}

void Session::answer_restart(Timestamp now, const Description& description, bool at_once,
                             ice::Agent& agent) {
  ++report_->counters().restarts_answered;
  agent.restart(now);
  pairing_->answer_restart(agent.local_credentials().ufrag, description.credentials, at_once);
  announcement_->begin_generation();
  describe(agent);
  if (at_once) {
    give_to_agent(now, description, agent);
  } else {
    peer_candidates_->hold_all(description);
  }
}

void Session::give_to_agent(Timestamp now, const Description& description, ice::Agent& agent) {
  peer_is_lite_ = description.ice_lite;
  peer_candidates_->begin_generation();
  ice::SessionDescription peer{description.credentials, description.ice_lite,
                               read_ice_options(description.ice_options)};
  if (description.ice_pacing) peer.ta = std::chrono::milliseconds(*description.ice_pacing);
  if (!agent.set_remote_description(now, peer)) {
    return report_->add({SessionErrorCode::agent_refused, {}});
  }
  // The description's own candidates come first, so that a held end-of-candidates comes last.
  peer_candidates_->add_all(now, description, agent);
  peer_candidates_->release(now, description.credentials.ufrag, agent);
}

void Session::handle(Timestamp now, const CandidateMessage& message, ice::Agent& agent) {
  switch (pairing_->owner_of(message.ufrag)) {
    case Pairing::UfragOwner::paired:
      return peer_candidates_->add(now, message.init, agent);
    case Pairing::UfragOwner::unknown:
      return peer_candidates_->hold(message);
    case Pairing::UfragOwner::left:
      ++report_->counters().dropped_old;
      return;
    case Pairing::UfragOwner::own:
      return report_->add({SessionErrorCode::own_description, {}});
  }
}

void Session::handle(Timestamp now, const EndOfCandidates& message, ice::Agent& agent) {
  handle(now, CandidateMessage{message.ufrag, {{}, message.sdp_mid}}, agent);
}

void Session::handle(Timestamp now, const CandidateRemoved& message, ice::Agent& agent) {
  const bool is_paired = pairing_->owner_of(message.ufrag) == Pairing::UfragOwner::paired;
  peer_candidates_->remove(now, message, is_paired, agent);
}

void Session::handle(Timestamp now, const RestartRequest&, ice::Agent& agent) {
  if (!pairing_->is_paired()) {
    ++report_->counters().restart_requests_ignored;
    return;
  }
  restart(now, agent);
}

void Session::handle(Timestamp now, const Bye& message, ice::Agent& agent) {
  bye_ = message;
  agent.close(now);
}

}  // namespace floe::signal
