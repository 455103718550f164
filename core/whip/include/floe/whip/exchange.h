// One session of WHIP (RFC 9725) between a client that speaks SDP and a peer that speaks
// floe.signal.1, without HTTP and without I/O.
//
//   fresh ──offer()──> gathers ──the peer's description, all candidates──> open    answered
//                      gathers ──no description within kAnswerTimeout────> ended   no_answer
//   open ──patch() with new credentials──> restarts ──the same────────────> open   answered
//                                          restarts ──kAnswerTimeout──────> open   no_answer
//   any ──the peer says bye, or left()──> ended
//   open ──the peer restarts, the client does not within kRestartPatience──> ended
//
// After each input take poll_answer(), then arm one timer for deadline(). The messages that
// offer() and patch() return go to the peer, in order.
//
// WHIP has no way to tell a client anything but the answers to its requests. So an answer waits
// for all candidates of the peer, and a restart that the peer begins waits for the client to begin
// one.
// Limits: kPeerMessagesMax messages of the peer are kept for an answer; later ones are dropped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/sdp/offer_answer.h"
#include "floe/signal/message.h"
#include "floe/types/time.h"

namespace floe::whip {

/// For the peer's description.
inline constexpr Duration kAnswerTimeout = std::chrono::seconds(10);
/// For the end of the peer's candidates, from its description on.
inline constexpr Duration kGatheringPatience = std::chrono::seconds(3);
/// For the client, after the peer has begun a restart because the path is lost.
inline constexpr Duration kRestartPatience = std::chrono::seconds(30);
inline constexpr std::size_t kPeerMessagesMax = 96;

enum class Refusal : std::uint8_t {
  unreadable,  ///< the text is not SDP, or has not what a session needs
  media,       ///< an offer of something else than data channels
  busy,        ///< a restart while the last one waits for its answer
  over,        ///< the session has ended
};

/// What a text of the client comes to.
struct Told {
  std::vector<signal::Message> messages;  ///< for the peer
  std::optional<Refusal> refusal;         ///< nothing has changed
  std::string why;                        ///< a sentence, with a refusal
};

enum class Outcome : std::uint8_t {
  answered,
  no_answer,  ///< the peer did not describe itself in time
  unusable,   ///< its description cannot be told in SDP
  left,       ///< it said bye, or is gone
};

struct Answer {
  Outcome outcome = Outcome::no_answer;
  std::string sdp;  ///< answered: a description, or after a restart a fragment
  std::string why;  ///< a sentence otherwise
};

class Exchange {
 public:
  enum class State : std::uint8_t { fresh, gathers, open, restarts, ended };

  explicit Exchange(std::uint64_t session_id);

  /// The offer of the client, once.
  Told offer(Timestamp now, std::string_view text);
  /// A fragment of the client: candidates, or with new credentials a restart. An Answer follows a
  /// restart alone: see awaits_peer().
  Told patch(Timestamp now, std::string_view text);

  void receive(Timestamp now, const signal::Message& message);
  /// The peer is gone.
  void left();
  void handle_timeout(Timestamp now);
  Timestamp deadline() const;

  std::optional<Answer> poll_answer();

  State state() const { return state_; }
  bool awaits_peer() const { return state_ == State::gathers || state_ == State::restarts; }
  /// Numbers the ICE sessions, from 1: it is one more after each restart.
  std::uint32_t ice_session() const { return ice_session_; }

 private:
  void hear(Timestamp now, const signal::Description& description);
  void hear_of_generation(const signal::Message& message, const std::string& ufrag);
  bool is_complete() const;
  void await_peer(Timestamp now, State state);
  void finish();
  void give_up();
  void end(Outcome outcome, std::string why);

  sdp::OfferAnswer texts_;
  State state_ = State::fresh;
  std::optional<Answer> answer_;
  // The generation of the peer that the client does not know yet: its description comes first.
  std::vector<signal::Message> generation_;
  std::optional<ice::Credentials> told_;  // the one that it knows
  Timestamp gathered_by_ = kNever;
  Timestamp answer_by_ = kNever;
  Timestamp restart_by_ = kNever;
  std::uint32_t ice_session_ = 0;
};

}  // namespace floe::whip
