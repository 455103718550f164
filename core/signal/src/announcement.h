// Announces the current generation of this agent: knows how much of it the peer has been told, and
// makes the messages that tell the rest.
//
// With trickling (RFC 8838) the description goes at once with the candidates found so far, and each
// later one in a message of its own. Without trickling, the description waits for the end of
// gathering. Peer-reflexive candidates are never told: the peer learns them from the connectivity
// checks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/signal/candidate_names.h"
#include "floe/signal/message.h"
#include "stream_mids.h"

namespace floe::signal {

class Announcement {
 public:
  /// `name_of` as in SessionOptions; may be empty.
  Announcement(bool trickle, StreamMids mids, NameOfAddress name_of)
      : trickle_(trickle), mids_(std::move(mids)), name_of_(std::move(name_of)) {}

  /// The peer has been told nothing of the generation that begins now.
  void begin_generation();
  /// The description with all candidates known now; nothing while a description without trickling
  /// has to wait.
  std::optional<Description> describe(const ice::Agent& agent,
                                      std::optional<std::string> remote_ufrag);
  /// A description was asked for and has to wait.
  bool is_due() const { return is_due_; }

  /// Nothing when the peer knows the candidate, or will learn it from a later description.
  std::optional<CandidateMessage> handle_candidate_found(const ice::Agent& agent,
                                                         const ice::Candidate& candidate);
  /// Nothing when the peer was never told of the candidate.
  std::optional<CandidateRemoved> handle_candidate_removed(const ice::Agent& agent,
                                                           const ice::Candidate& candidate);
  /// One message for each stream; none when the peer knows the end already.
  std::vector<EndOfCandidates> handle_gathering_complete(const ice::Agent& agent);

 private:
  /// Empty: the peer is not told of this candidate.
  std::string line_of(const ice::Candidate& candidate) const;
  bool add_line(const std::string& line);
  CandidateInit init_of(const ice::Candidate& candidate, std::string line) const;

  bool trickle_;
  StreamMids mids_;
  NameOfAddress name_of_;
  bool is_due_ = false;
  bool is_described_ = false;
  bool has_ended_ = false;
  std::vector<std::string> lines_;  // candidate lines already told
};

}  // namespace floe::signal
