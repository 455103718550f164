#include "generation.h"

#include <algorithm>

namespace floe::sdp {
namespace {

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (!contains(texts, text)) texts.push_back(text);
}

}  // namespace

Generation::Refusal Generation::claim(const std::string& ufrag) {
  if (ufrag_.empty()) ufrag_ = ufrag;
  if (ufrag_ != ufrag) return ProblemCode::foreign_message;
  return std::nullopt;
}

void Generation::add_candidate(const signal::CandidateInit& init) {
  if (std::ranges::find(candidates_, init) == candidates_.end()) candidates_.push_back(init);
  add_once(mids_, init.sdp_mid);
}

Generation::Refusal Generation::add(const signal::Description& message) {
  if (const auto refusal = claim(message.credentials.ufrag)) return refusal;
  if (whole_ && whole_->credentials != message.credentials) return ProblemCode::foreign_message;
  const bool had_ended = whole_ && whole_->end_of_candidates;
  whole_ = message;
  whole_->end_of_candidates |= had_ended;
  for (const signal::CandidateInit& init : message.candidates) add_candidate(init);
  return std::nullopt;
}

Generation::Refusal Generation::add(const signal::CandidateMessage& message) {
  if (const auto refusal = claim(message.ufrag)) return refusal;
  add_candidate(message.init);
  return std::nullopt;
}

Generation::Refusal Generation::add(const signal::EndOfCandidates& message) {
  if (const auto refusal = claim(message.ufrag)) return refusal;
  add_once(mids_, message.sdp_mid);
  add_once(ended_, message.sdp_mid);
  return std::nullopt;
}

Generation::Refusal Generation::add(const signal::CandidateRemoved& message) {
  if (const auto refusal = claim(message.ufrag)) return refusal;
  std::erase(candidates_, message.init);
  return std::nullopt;
}

Result<ReadDescription, Problem> Generation::describe(DataSession session) const {
  if (!whole_) return Problem{ProblemCode::no_description, 0, {}};
  signal::Description message = *whole_;
  message.candidates = candidates_;
  for (const std::string& mid : mids_) add_once(session.mids, mid);
  // One transport carries a bundle, so only one section of it has candidates.
  const auto is_of_first = [&](const signal::CandidateInit& init) {
    return init.sdp_mid == candidates_.front().sdp_mid;
  };
  session.bundle &= std::ranges::all_of(candidates_, is_of_first);
  auto made = to_description(message, session);
  if (!made) return made;
  for (MediaSection& section : made->description.media) {
    section.own.end_of_candidates |= contains(ended_, section.mid);
  }
  return made;
}

Result<ReadDescription, Problem> to_description(const std::vector<signal::Message>& messages,
                                                const DataSession& session) {
  Generation generation;
  for (const signal::Message& message : messages) {
    const auto refusal =
        std::visit([&](const auto& body) { return generation.add(body); }, message);
    if (refusal) return Problem{*refusal, 0, {}};
  }
  return generation.describe(session);
}

}  // namespace floe::sdp
