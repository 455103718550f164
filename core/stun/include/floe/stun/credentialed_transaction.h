// One request and its answer, through retransmissions and challenges (RFC 8489, sections 6.2 and
// 9.2).
//
// Sans-I/O: start(now) makes the request. After each call take poll_output(), and send it when
// there is one: the same request once more, or another one after a challenge. Come back at
// deadline() with handle_timeout(now), and with each response with handle_response(now, response).
//
//   fresh --start-------------------> waiting    send
//   waiting --deadline, sends left--> waiting    send the same
//   waiting --401 or 438------------> waiting    send another, with a new id and a new schedule
//   waiting --the answer------------> answered   also by an error: the response given last
//   waiting --challenged in vain----> refused    see refusal(); also when it fits into no message
//   waiting --last deadline---------> timed_out  see was_heard()
//   waiting --forged, over TCP------> timed_out  at once: no other answer will come
//
// The application's attributes are written again for each request, since some depend on its id.
#pragma once

#include <functional>

#include "floe/api/random.h"
#include "floe/stun/long_term_client.h"
#include "floe/stun/retransmission.h"

namespace floe::stun {

/// RFC 8489, section 6.2.1: "the initial value for RTO SHOULD be greater than or equal to
/// 500 ms".
inline constexpr Duration kInitialRto = std::chrono::milliseconds(500);
/// Section 6.2.2: "Ti SHOULD be configurable and SHOULD have a default of 39.5 s".
inline constexpr Duration kReliableTimeout = std::chrono::milliseconds(39500);
/// Room for the longest realm, nonce and name, and for the application's attributes. Realm and
/// nonce are as long as the server wants them, so this is no place to keep to kMessageSizeMax.
inline constexpr std::size_t kRequestSizeMax = 4096;

struct TransactionOptions {
  Duration rto = kInitialRto;
  std::uint8_t send_count_max = kSendCountMax;
  bool is_reliable = false;  ///< TCP and TLS: sent once, given up after kReliableTimeout
  bool with_fingerprint = false;
};

class CredentialedTransaction {
 public:
  using WriteAttributes = std::function<void(MessageBuilder&)>;
  enum class State : std::uint8_t {
    fresh,      ///< not started
    waiting,    ///< for a response, or for deadline()
    answered,   ///< the last response is the answer; authentic, if the request was signed
    refused,    ///< given up: refusal() says why
    timed_out,  ///< given up: no answer came, or none that is authentic
  };

  /// `client` and `random` must outlive it.
  CredentialedTransaction(LongTermClient& client, RandomSource& random, Method method,
                          WriteAttributes write_attributes, TransactionOptions options = {});

  void start(Timestamp now);
  /// A response that is not the answer, or not authentic, changes nothing.
  void handle_response(Timestamp now, const MessageView& response);
  void handle_timeout(Timestamp now);
  /// The request, when it is to be sent now. A view until the next call of any of the above.
  std::optional<Bytes> poll_output();
  /// kNever before the start and after the end.
  Timestamp deadline() const;

  State state() const { return state_; }
  bool is_over() const { return state_ != State::fresh && state_ != State::waiting; }
  /// The id of the last request; its response has the same id.
  const TransactionId& id() const { return id_; }
  Refusal refusal() const { return attempt_.refusal; }
  /// Of a transaction that waits, too: something came, but nothing of use. See silence().
  bool was_heard() const { return flaw_ != nullptr || attempt_.integrity_was_violated(); }
  /// A sentence without a stop: what came instead of an answer, or that nothing came.
  std::string_view silence() const;

 private:
  void end(State state);
  void refuse(Refusal refusal);
  void handle_flaw(const char* flaw);

  LongTermClient& client_;
  RandomSource& random_;
  Method method_;
  WriteAttributes write_attributes_;
  TransactionOptions options_;
  TransactionId id_{};
  ByteVector request_;
  Attempt attempt_;
  const char* flaw_ = nullptr;  ///< of the last response that could not be used
  State state_ = State::fresh;
  bool is_due_ = false;                     ///< request_ is to be sent
  std::optional<Retransmission> schedule_;  ///< while waiting
};

}  // namespace floe::stun
