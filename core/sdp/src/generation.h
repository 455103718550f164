// Gathers the messages of one generation, to describe it in one text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "floe/sdp/message_conversion.h"

namespace floe::sdp {

class Generation {
 public:
  /// Why the message cannot be part of the text.
  using Refusal = std::optional<ProblemCode>;

  Refusal add(const signal::Description& message);
  Refusal add(const signal::CandidateMessage& message);
  Refusal add(const signal::EndOfCandidates& message);
  Refusal add(const signal::CandidateRemoved& message);
  Refusal add(const signal::RestartRequest&) { return ProblemCode::not_convertible; }
  Refusal add(const signal::Bye&) { return ProblemCode::not_convertible; }
  Refusal add(const signal::Reveal&) { return ProblemCode::not_convertible; }

  Result<ReadDescription, Problem> describe(DataSession session) const;

 private:
  Refusal claim(const std::string& ufrag);
  void add_candidate(const signal::CandidateInit& init);

  std::string ufrag_;  // of the first message
  std::optional<signal::Description> whole_;
  std::vector<signal::CandidateInit> candidates_;
  std::vector<std::string> mids_;   // in the order in which messages name them
  std::vector<std::string> ended_;  // mids
};

}  // namespace floe::sdp
