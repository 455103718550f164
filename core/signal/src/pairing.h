// Decides which generation of the peer goes with the current one of this agent (PROTOCOL.md,
// section 1.2).
//
// Driven by a Session, which asks for a verdict on every description and carries it out on the
// agent. A Pairing holds fragments and passwords only, so a test can try out all its races.
//
//   Unpaired --any new description-----------------> Paired     also when both have restarted
//   Paired   --new one, this pairing is settled----> Paired     in a new generation, at once
//   Paired   --new one, it is not settled----------> Awaiting   in a new generation
//   Awaiting --any new description, or the answer--> Paired
//
// A pairing is settled when the peer is known to have the same pairing: it named this generation,
// or a pair was selected. Otherwise descriptions have crossed. If both ends then answered each
// description with a new generation and paired it at once, their pairings would never agree. So an
// end waits instead.
// Limit: kGenerationsKept generations that the peer has left are remembered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/credentials.h"
#include "floe/signal/message.h"

namespace floe::signal {

class Pairing {
 public:
  /// What to do with a description.
  enum class DescriptionVerdict : std::uint8_t {
    pair,              ///< give its credentials to the agent
    merge,             ///< it describes the paired generation: only its candidates may be new
    hold,              ///< it repeats the awaited generation: its candidates wait for the answer
    restart_and_pair,  ///< restart the agent, call answer_restart(), give it the credentials
    restart_and_wait,  ///< restart the agent, call answer_restart()
    drop_old,          ///< it describes a generation that the peer has left
    reject_reused,     ///< RFC 8445, section 9: fragment and password must both change
    reject_unchanged,  ///< the answer to a restart has the credentials from before it
    reject_own,        ///< this agent's own description came back
  };

  /// Whose generation a fragment names.
  enum class UfragOwner : std::uint8_t {
    paired,   ///< the peer's, which is paired with this agent's
    left,     ///< a generation that the peer has left
    unknown,  ///< not described yet, or not paired yet
    own,      ///< this agent's
  };

  explicit Pairing(std::string local_ufrag) : local_ufrag_(std::move(local_ufrag)) {}

  DescriptionVerdict judge(const Description& description);

  /// This agent restarted by itself.
  void restart(std::string local_ufrag);
  /// This agent restarted because of a verdict on a description with the credentials `peer`.
  /// `at_once`: the verdict was restart_and_pair.
  void answer_restart(std::string local_ufrag, const ice::Credentials& peer, bool at_once);
  /// The agent has selected a pair in this generation, so the peer made the same pairing.
  void handle_selected_pair() { settled_ = paired_.has_value(); }
  /// A description that names partner_ufrag() was sent.
  void handle_description_sent() { named_ = partner_ufrag(); }

  UfragOwner owner_of(std::string_view ufrag) const;
  bool is_paired() const { return paired_.has_value(); }
  /// For `remoteUsernameFragment`: the generation that is paired or awaited.
  std::optional<std::string> partner_ufrag() const;
  /// The peer answered this generation and may wait for a description that names its own.
  bool owes_answer() const { return answered_ && named_ != partner_ufrag(); }

 private:
  DescriptionVerdict judge_new(const Description& description);
  bool reuses_half(const ice::Credentials& credentials) const;
  void pair_with(const Description& description);
  void leave_partner();

  std::string local_ufrag_;
  bool is_first_ = true;  // this agent has not restarted yet
  std::optional<ice::Credentials> paired_;
  std::optional<ice::Credentials> awaited_;
  std::optional<std::string> named_;  // in the last description of this generation
  bool settled_ = false;
  bool answered_ = false;
  std::vector<ice::Credentials> left_;  // generations that the peer left, newest last
};

}  // namespace floe::signal
