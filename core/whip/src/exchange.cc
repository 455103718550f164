#include "floe/whip/exchange.h"

#include <algorithm>
#include <utility>

namespace floe::whip {
namespace {

Told refuse(Refusal refusal, std::string why) {
  return {{}, refusal, std::move(why)};
}

/// Only what carries data channels (RFC 8841): the peers have no media.
bool is_data(const sdp::MediaSection& section) {
  return section.is_rejected() || section.protocol.find("SCTP") != std::string::npos;
}

/// Why this cannot be the offer of a session.
std::optional<Told> objection_to(std::string_view offer) {
  const auto read = sdp::parse_description(offer);
  if (!read) return refuse(Refusal::unreadable, to_text(read.error()));
  if (!std::ranges::all_of(read->description.media, is_data)) {
    return refuse(Refusal::media,
                  "the offer has media, and here are data channels only; offer none but "
                  "m=application with UDP/DTLS/SCTP");
  }
  return std::nullopt;
}

const signal::Description& description_of(const std::vector<signal::Message>& generation) {
  return *std::get_if<signal::Description>(&generation.front());
}

}  // namespace

Exchange::Exchange(std::uint64_t session_id)
    : texts_({.waits_for_offer = true, .session_id = session_id}) {}

// The client --------------------------------------------------------------------------------------

Told Exchange::offer(Timestamp now, std::string_view text) {
  if (state_ != State::fresh) return refuse(Refusal::over, "the session has its offer");
  if (auto objection = objection_to(text)) return std::move(*objection);
  sdp::OfferAnswer::Heard heard = texts_.read(text);
  if (heard.error) return refuse(Refusal::unreadable, std::move(*heard.error));
  await_peer(now, State::gathers);
  return {std::move(heard.messages), std::nullopt, {}};
}

Told Exchange::patch(Timestamp now, std::string_view text) {
  if (state_ == State::fresh || state_ == State::gathers || state_ == State::ended) {
    return refuse(Refusal::over, "there is no session, or it has ended");
  }
  const auto fragment = sdp::parse_fragment(text);
  if (text.starts_with("v=") || !fragment) {
    return refuse(Refusal::unreadable, fragment ? "a patch is a fragment, not a whole description"
                                                : to_text(fragment.error()));
  }
  const bool is_restart = texts_.is_news(fragment->description);
  if (is_restart && state_ == State::restarts) {
    return refuse(Refusal::busy, "the last restart has no answer yet; wait for it");
  }
  sdp::OfferAnswer::Heard heard = texts_.read(text);
  if (heard.error) return refuse(Refusal::unreadable, std::move(*heard.error));
  if (is_restart) {
    await_peer(now, State::restarts);
    if (is_complete()) finish();
  }
  return {std::move(heard.messages), std::nullopt, {}};
}

void Exchange::await_peer(Timestamp now, State state) {
  state_ = state;
  restart_by_ = kNever;
  answer_by_ = now + kAnswerTimeout;
  // The peer may have begun a generation before it heard of this.
  gathered_by_ = generation_.empty() ? kNever : now + kGatheringPatience;
}

// The peer ----------------------------------------------------------------------------------------

void Exchange::receive(Timestamp now, const signal::Message& message) {
  if (state_ == State::ended) return;
  if (const auto* bye = std::get_if<signal::Bye>(&message)) {
    return end(Outcome::left, bye->reason.empty() ? "the peer has said bye"
                                                  : "the peer has said bye: " + bye->reason);
  }
  if (const auto* description = std::get_if<signal::Description>(&message)) {
    hear(now, *description);
  } else if (const auto* candidate = std::get_if<signal::CandidateMessage>(&message)) {
    hear_of_generation(message, candidate->ufrag);
  } else if (const auto* removed = std::get_if<signal::CandidateRemoved>(&message)) {
    hear_of_generation(message, removed->ufrag);
  } else if (const auto* ended = std::get_if<signal::EndOfCandidates>(&message)) {
    hear_of_generation(message, ended->ufrag);
  }
  if (awaits_peer() && is_complete()) finish();
}

void Exchange::hear(Timestamp now, const signal::Description& description) {
  if (description.credentials == told_) return;  // a repetition
  const bool is_new =
      generation_.empty() || description_of(generation_).credentials != description.credentials;
  if (is_new) {
    generation_.clear();
    gathered_by_ = now + kGatheringPatience;
    if (state_ == State::open && restart_by_ == kNever) restart_by_ = now + kRestartPatience;
  }
  if (generation_.size() < kPeerMessagesMax) generation_.emplace_back(description);
}

void Exchange::hear_of_generation(const signal::Message& message, const std::string& ufrag) {
  if (generation_.empty() || description_of(generation_).credentials.ufrag != ufrag) return;
  if (generation_.size() < kPeerMessagesMax) generation_.push_back(message);
}

/// RFC 9725, section 4.3.2: "the SDP answer SHALL contain the full list of ICE candidates".
bool Exchange::is_complete() const {
  return std::ranges::any_of(generation_, [](const signal::Message& message) {
    const auto* description = std::get_if<signal::Description>(&message);
    return description != nullptr ? description->end_of_candidates
                                  : std::holds_alternative<signal::EndOfCandidates>(message);
  });
}

void Exchange::left() {
  if (state_ != State::ended) end(Outcome::left, "the peer has left the room");
}

// The answer --------------------------------------------------------------------------------------

void Exchange::finish() {
  const ice::Credentials credentials = description_of(generation_).credentials;
  for (signal::Message& message : generation_) texts_.add(std::move(message));
  generation_.clear();
  std::string text = state_ == State::restarts ? texts_.take_restart() : texts_.take_text();
  if (text.empty()) return end(Outcome::unusable, "the peer's description cannot be told in SDP");
  told_ = credentials;
  state_ = State::open;
  gathered_by_ = answer_by_ = kNever;
  ++ice_session_;
  answer_ = Answer{Outcome::answered, std::move(text), {}};
}

void Exchange::handle_timeout(Timestamp now) {
  if (now >= restart_by_) {
    return end(Outcome::left, "the path to the peer was lost, and the client did not restart");
  }
  if (!awaits_peer()) return;
  if (!generation_.empty() && now >= std::min(gathered_by_, answer_by_)) return finish();
  if (now >= answer_by_) give_up();
}

void Exchange::give_up() {
  std::string why = "the peer did not answer within 10 seconds";
  if (state_ == State::gathers) return end(Outcome::no_answer, std::move(why));
  // RFC 9725, section 4.3.3: a restart that fails "MUST NOT terminate the session immediately".
  state_ = State::open;
  answer_by_ = kNever;
  answer_ = Answer{Outcome::no_answer, {}, std::move(why)};
}

void Exchange::end(Outcome outcome, std::string why) {
  if (awaits_peer()) answer_ = Answer{outcome, {}, std::move(why)};
  state_ = State::ended;
  generation_.clear();
  gathered_by_ = answer_by_ = restart_by_ = kNever;
}

Timestamp Exchange::deadline() const {
  return std::min({awaits_peer() ? gathered_by_ : kNever, answer_by_, restart_by_});
}

std::optional<Answer> Exchange::poll_answer() {
  return std::exchange(answer_, std::nullopt);
}

}  // namespace floe::whip
