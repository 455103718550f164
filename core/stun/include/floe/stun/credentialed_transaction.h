// One request and its answer, through retransmissions and challenges (RFC 8489, sections 6.2 and
// 9.2): it says what to send next, until it has the answer or nothing is to be done.
//
// Sans-I/O. start(now) makes the request; send request(), ask deadline(), come back then with
// handle_timeout(now), and with whatever arrives with receive(now, message). Both say whether
// request() is to be sent now: the same once more, or another after a challenge.
//
//   waiting --deadline, sends left--> waiting    send the same
//   waiting --401 or 438------------> waiting    send another, with a new id and a new schedule
//   waiting --the answer------------> ended      Step::answered, also by an error
//   waiting --challenged in vain----> ended      Step::refused: see refusal()
//   waiting --last deadline---------> ended      Step::timed_out: see integrity_was_violated()
//
// The application's attributes are written anew for each request, since some depend on its id.
#pragma once

#include <functional>

#include "floe/api/random.h"
#include "floe/stun/long_term_client.h"
#include "floe/stun/retransmission.h"

namespace floe::stun {

/// RFC 8489, section 6.2.1: "an initial value for the RTO ... SHOULD be greater than or equal to
/// 500 ms".
inline constexpr Duration kInitialRto = std::chrono::milliseconds(500);
/// Section 6.2.2: "Ti SHOULD be configurable and SHOULD have a default of 39.5 s".
inline constexpr Duration kReliableTimeout = std::chrono::milliseconds(39500);
/// The longest realm, nonce and name, and room for an application's attributes.
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
  enum class Step : std::uint8_t {
    wait,       ///< nothing to do before deadline(), or nothing of ours
    send,       ///< send request()
    answered,   ///< this message is the answer, and authentic if anything can be
    refused,    ///< over: refusal() says why
    timed_out,  ///< over: nobody answered
  };

  /// `client` and `random` must outlive it.
  CredentialedTransaction(LongTermClient& client, RandomSource& random, Method method,
                          WriteAttributes write_attributes, TransactionOptions options = {});

  /// `send`, or `refused` when the attributes do not fit into a message.
  Step start(Timestamp now);
  Bytes request() const { return request_; }
  const TransactionId& id() const { return id_; }
  Timestamp deadline() const;
  Step handle_timeout(Timestamp now);
  Step receive(Timestamp now, const MessageView& response);

  Refusal refusal() const { return attempt_.refusal; }
  bool integrity_was_violated() const { return attempt_.integrity_was_violated; }

 private:
  Step refuse(Refusal refusal);

  LongTermClient& client_;
  RandomSource& random_;
  Method method_;
  WriteAttributes write_attributes_;
  TransactionOptions options_;
  TransactionId id_{};
  ByteVector request_;
  Attempt attempt_;
  std::optional<Retransmission> schedule_;  ///< none before the start and after the end
};

}  // namespace floe::stun
