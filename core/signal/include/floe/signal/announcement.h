// What the peer has been told of this agent's current generation, and what it is to be told next.
//
// With trickling (RFC 8838) the description goes at once with the candidates found so far, and each
// later one in a message of its own. Without, it waits for the end of gathering. Peer-reflexive
// candidates are never told: the peer learns them from the checks that come from them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/signal/message.h"

namespace floe::signal {

struct SessionOptions {
  bool trickle = true;
  /// Of the candidates of the agent's first stream; the others are named by their numbers.
  std::string sdp_mid{kDefaultSdpMid};
};

class Announcement {
 public:
  explicit Announcement(SessionOptions options) : options_(std::move(options)) {}

  const SessionOptions& options() const { return options_; }

  /// Nothing has been told of the generation that begins now.
  void begin();
  /// Everything that is known now; nothing while a description without trickling has to wait.
  std::optional<Description> describe(const ice::Agent& agent,
                                      std::optional<std::string> remote_ufrag);
  /// A description was asked for and has to wait.
  bool is_due() const { return due_; }

  /// Nothing when the peer knows it, or will by a description still to come.
  std::optional<CandidateMessage> candidate_found(const ice::Agent& agent,
                                                  const ice::Candidate& candidate);
  /// Nothing when the peer was never told.
  std::optional<CandidateRemoved> candidate_removed(const ice::Agent& agent,
                                                    const ice::Candidate& candidate);
  /// One for each stream; nothing when the peer knows it.
  std::vector<EndOfCandidates> gathering_complete(const ice::Agent& agent);

 private:
  bool add_line(const std::string& line);
  CandidateInit init_of(const ice::Candidate& candidate, std::string line) const;
  std::string mid_of(ice::DataStreamId stream) const;

  SessionOptions options_;
  bool due_ = false;
  bool described_ = false;
  bool ended_ = false;
  std::vector<std::string> lines_;  // told already
};

}  // namespace floe::signal
