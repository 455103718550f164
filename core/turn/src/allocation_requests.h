// The requests of one allocation that are under way, and their answers (RFC 8656, sections 7 to 9
// and 12).
//
//   ask() --> sent, repeated, signed after a challenge --> poll_answer()
//
// Each request is a stun::CredentialedTransaction; all share one LongTermClient, which learns from
// the server's challenges. Messages go to the Outbox at once. After each call take poll_answer()
// until it has nothing more.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "floe/stun/credentialed_transaction.h"
#include "floe/turn/allocation_config.h"
#include "floe/turn/allocation_output.h"
#include "outbox.h"

namespace floe::turn {

/// Which relayed addresses an Allocate asks for.
enum class AllocatedFamilies : std::uint8_t {
  both,            ///< IPv4, and IPv6 in addition
  server_default,  ///< IPv4, as servers of RFC 5766 understand it
  ipv6,
};

struct AllocationRequest {
  enum class Purpose : std::uint8_t {
    allocate,
    clear,    ///< a Refresh that deletes an earlier allocation on the same five-tuple
    refresh,  ///< for the server's default lifetime
    release,  ///< a Refresh that deletes this allocation
    permission,
    channel,
  };
  Purpose purpose;
  AllocatedFamilies families = AllocatedFamilies::server_default;  ///< of allocate
  TransportAddress peer = {};  ///< of permission, where the port does not count, and of channel
  std::uint16_t channel = 0;   ///< of channel: its number
};

struct AllocationAnswer {
  AllocationRequest request;
  std::uint16_t code = kNoCode;  ///< of an error
  std::string_view reason = {};  ///< of an error: the server's reason phrase, or our own text
  /// A success, or an error response; none after silence and useless challenges. A view of the
  /// message that was handled.
  std::optional<stun::MessageView> response = {};

  bool is_success() const { return response && response->message_class() == stun::Class::success; }
};

class AllocationRequests {
 public:
  /// `random`, `crypto` and `out` must outlive it.
  AllocationRequests(const AllocationConfig& config, RandomSource& random, Crypto& crypto,
                     Outbox& out);

  void ask(Timestamp now, const AllocationRequest& request);
  /// False: no such request is under way.
  bool handle_response(Timestamp now, const stun::MessageView& response);
  /// Stops at the first request that is over, since its answer may cancel the others: call it again
  /// after taking the answers.
  void handle_timeout(Timestamp now);
  /// The answer to a request, which is then forgotten.
  std::optional<AllocationAnswer> poll_answer();
  Timestamp deadline() const;
  /// What there is to say if the requests under way are given up now.
  AllocationFailed unanswered() const;

  void cancel_all() { requests_.clear(); }
  /// The next request begins as the first did, without credentials.
  void forget_challenges();
  /// Whether the server has seen a signed request, and so may have done what it asks for.
  bool was_challenged() const { return client_->was_challenged(); }
  /// The number of 400 answers since the last success.
  std::size_t bad_requests() const { return bad_requests_; }

 private:
  struct Open {
    AllocationRequest request;
    std::unique_ptr<stun::CredentialedTransaction> transaction;
    std::optional<stun::MessageView> response;
  };
  void send_due(Timestamp now, Open& open);
  static AllocationAnswer answer_of(const Open& open);

  RandomSource& random_;
  Crypto& crypto_;
  Outbox& out_;
  stun::LongTermCredentials credentials_;
  stun::TransactionOptions options_;
  std::optional<stun::LongTermClient> client_;  ///< never empty
  std::vector<Open> requests_;
  std::size_t bad_requests_ = 0;
};

}  // namespace floe::turn
