// The messages of two agents as SDP in offer and answer: for `floe agent --signal sdp`, and for
// WHIP.
//
// The agent that speaks first offers. A description that is read while an offer waits is its
// answer; any other begins a new round, and our next description is the answer to it. So each
// description names what it answers, as `remoteUsernameFragment` does in messages. SDP has no word
// for removed candidates, requests to restart and a bye; they are not told.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/sdp/message_conversion.h"

namespace floe::sdp {

class PeerSections;

struct OfferAnswerOptions {
  bool waits_for_offer = false;  ///< the first description is an answer
  std::size_t streams = 1;       ///< data streams of the agent
  std::uint64_t session_id = 0;
};

class OfferAnswer {
 public:
  explicit OfferAnswer(OfferAnswerOptions options);
  ~OfferAnswer();

  /// A message of our agent.
  void add(signal::Message message) { pending_.push_back(std::move(message)); }
  /// The messages added so far as SDP: a description, or a fragment (RFC 8840). Empty when there is
  /// nothing to tell, or not yet.
  std::string take_text();
  /// The same for a new generation alone, as the fragment that answers a restart in WHIP (RFC 9725,
  /// section 4.3.3): with credentials and candidates, and without what a restart does not change.
  std::string take_restart();

  struct Heard {
    std::vector<signal::Message> messages;  ///< for our agent
    std::vector<std::string> notes;         ///< sentences: what was skipped
    std::optional<std::string> error;       ///< a sentence: why the text cannot be used
  };
  /// A text of the peer.
  Heard read(std::string_view text);
  /// Whether a fragment begins a generation, of which the peer has told nothing yet.
  bool is_news(const SessionDescription& fragment) const;

  /// Our description is out, and no offer waits for its answer.
  bool is_stable() const { return written_.has_value() && !awaits_answer_ && !owes_answer_; }

 private:
  /// Removes the messages of the latest generation that is not written yet; empty without one.
  std::vector<signal::Message> take_generation();
  std::string write_description(std::vector<signal::Message> messages);
  std::string write_fragment(const std::vector<signal::Message>& messages) const;
  /// RFC 8842, section 5.3: an answer says who begins DTLS. Our agent may have left it open.
  void choose_setup(std::vector<signal::Message>& answer) const;
  /// Leaves in pending_ what is about the generation that the peer knows.
  void keep_trickled();

  void hear_description(Heard& heard, const SessionDescription& description, bool is_whole);
  /// A fragment has nothing of DTLS and SCTP (RFC 8840, section 9.2), which a restart keeps.
  void keep_security(signal::Description& restarted) const;
  void hear_fragment(Heard& heard, const SessionDescription& fragment);
  /// Names the generation of this agent that `description` pairs with.
  void take_turn(Heard& heard, signal::Description& description);
  /// Calls the section of a candidate by the name of our stream; false when it is none of ours.
  bool translate(Heard& heard, std::string& mid) const;

  OfferAnswerOptions options_;
  std::vector<signal::Message> pending_;
  std::optional<ice::Credentials> written_;  // our generation that the peer knows
  std::optional<ice::Credentials> peer_;     // the peer's generation that we know
  std::optional<signal::DtlsParameters> peer_dtls_;
  std::optional<signal::SctpParameters> peer_sctp_;
  std::unique_ptr<PeerSections> sections_;  // of the peer's last description
  bool awaits_answer_ = false;
  bool owes_answer_ = false;
  std::uint64_t version_ = 0;
};

}  // namespace floe::sdp
