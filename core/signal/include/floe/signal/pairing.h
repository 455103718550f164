// Decides which generation of the peer goes with the current one of this agent.
//
// Driven by a Session: every description is judged, and what the verdict says is then done to the
// agent. It holds fragments and passwords only, so its races can be tried out exhaustively.
//
//   Unpaired --any new description-----------------> Paired     also in glare: both have restarted
//   Paired   --new one, this pairing is settled----> Paired     in a new generation, at once
//   Paired   --new one, it is not settled----------> Awaiting   in a new generation
//   Awaiting --any new description, or the answer--> Paired
//
// A pairing is settled when the peer is known to have made the same one: it named this generation,
// or a pair was selected. Why wait otherwise: descriptions have crossed, and if both ends answered
// each description with a generation that is used up at once, they would never meet.
// Limit: kGenerationsKept old fragments of the peer are remembered.
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
  enum class Verdict : std::uint8_t {
    pair,              ///< give its credentials to the agent
    merge,             ///< of the generation paired already: only its candidates may be new
    hold,              ///< of the generation awaited, again: its candidates wait for the answer
    restart_and_pair,  ///< begin a new generation, call answer(), give it the credentials
    restart_and_wait,  ///< begin a new generation, call answer()
    drop_old,          ///< of a generation that the peer has left
    reject_reused,     ///< RFC 8445, section 9: fragment and password must both change
    reject_own,        ///< this agent's own description came back
  };

  enum class Standing : std::uint8_t { current, old, unknown, own };

  explicit Pairing(std::string local_ufrag) : local_ufrag_(std::move(local_ufrag)) {}

  Verdict judge(const Description& description);

  /// This agent restarted by itself.
  void begin(std::string local_ufrag);
  /// This agent restarted because judge() said so, on a description with the credentials `peer`.
  void answer(std::string local_ufrag, const ice::Credentials& peer, Verdict verdict);
  /// The agent has selected a pair in this generation, so the peer made the same pairing.
  void settle() { settled_ = paired_.has_value(); }

  /// Whose generation `ufrag` is, for messages that are about one.
  Standing standing(std::string_view ufrag) const;
  bool is_paired() const { return paired_.has_value(); }
  /// For `remoteUsernameFragment`: the generation that is paired or awaited.
  std::optional<std::string> partner() const;

  /// A description was sent that names partner().
  void described() { named_ = partner(); }
  /// The peer answered this generation and may wait to be named in turn.
  bool owes_answer() const { return answered_ && named_ != partner(); }

 private:
  Verdict judge_new(const Description& description);
  bool reuses_half(const ice::Credentials& credentials) const;
  void pair_with(const Description& description);
  void leave_partner();

  std::string local_ufrag_;
  bool first_ = true;  // nobody has restarted yet on this side
  std::optional<ice::Credentials> paired_;
  std::optional<ice::Credentials> awaited_;
  std::optional<std::string> named_;  // by the last description sent of this generation
  bool settled_ = false;
  bool answered_ = false;
  std::vector<ice::Credentials> old_;  // the peer's, the newest last
};

}  // namespace floe::signal
