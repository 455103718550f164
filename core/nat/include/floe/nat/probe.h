// One probe of NAT behaviour discovery: a Binding request, its schedule and its answer.
//
// Silence is an answer here, so it must not take RFC 8489's 39.5 seconds: five sends, the last wait
// four RTOs. If a third of all datagrams is lost in each direction, one question in nineteen gets a
// wrong answer because of this.
#pragma once

#include "floe/api/random.h"
#include "floe/stun/attributes/nat_behavior.h"
#include "floe/stun/message_view.h"
#include "floe/stun/retransmission.h"
#include "floe/types/address.h"

namespace floe::nat {

inline constexpr Duration kProbeRto = std::chrono::milliseconds(500);
inline constexpr std::uint8_t kProbeSendCount = 5;
inline constexpr int kProbeLastWaitRtos = 4;

/// Which of the two sockets.
enum class ProbeSocket : std::uint8_t { main, second };

struct Question {
  ProbeSocket socket = ProbeSocket::main;
  TransportAddress to;
  stun::ChangeRequest change = {};  ///< not sent when both are false
};

class Probe {
 public:
  enum class State : std::uint8_t {
    planned,   ///< to be sent at deadline()
    waiting,   ///< sent, perhaps several times
    answered,  ///< see mapped() and answered_from()
    refused,   ///< by an error: see error()
    silent,    ///< nothing came, or only what is of no use: see flaw()
  };

  Probe(Timestamp start_at, const Question& question, RandomSource& random);

  const Question& question() const { return question_; }
  State state() const { return state_; }
  bool is_over() const { return state_ != State::planned && state_ != State::waiting; }
  Timestamp deadline() const;
  /// Whether to send bytes() now.
  bool handle_timeout(Timestamp now);
  Bytes bytes() const { return bytes_; }

  /// Takes a response that belongs to the question.
  bool receive(ProbeSocket socket, const TransportAddress& from, const stun::MessageView& message);
  /// Whether the message is the question itself, which came back.
  bool is_own_request(const stun::MessageView& message) const;

  const TransportAddress& answered_from() const { return answered_from_; }
  const TransportAddress& mapped() const { return mapped_; }
  const std::optional<TransportAddress>& plain_mapped() const { return plain_mapped_; }
  const std::optional<TransportAddress>& other() const { return other_; }
  std::uint16_t error() const { return error_; }
  /// Why the last answer was of no use; null: there was none, or it was of use.
  const char* flaw() const { return flaw_; }

 private:
  void read_success(const stun::MessageView& message);

  Question question_;
  State state_ = State::planned;
  Timestamp start_at_;
  std::optional<stun::Retransmission> schedule_;
  stun::TransactionId id_{};
  ByteVector bytes_;
  TransportAddress answered_from_;
  TransportAddress mapped_;
  std::optional<TransportAddress> plain_mapped_;  ///< MAPPED-ADDRESS
  std::optional<TransportAddress> other_;         ///< OTHER-ADDRESS, or CHANGED-ADDRESS of RFC 3489
  std::uint16_t error_ = 0;
  const char* flaw_ = nullptr;
};

}  // namespace floe::nat
