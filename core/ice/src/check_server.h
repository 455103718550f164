// The connectivity checks that the peer sends: authenticated, judged and answered (RFC 8445,
// section 7.3).
//
// Owns the key of this agent's password, and the checks that came before the peer's description. It
// decides nothing about pairs: the generation acts on the checks that it gets from here.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "agent_core.h"
#include "early_checks.h"
#include "floe/ice/connectivity_check.h"

namespace floe::ice {

class CheckServer {
 public:
  /// The objects passed by reference must outlive the server.
  CheckServer(AgentCore& core, const Credentials& own)
      : core_(core), own_(own), own_key_(core.crypto.hmac_sha1(as_bytes(own.password))) {}

  /// Nothing when the request is refused; it is then counted, and answered if it may be.
  /// `remote_ufrag` is empty while the peer's description has not come.
  std::optional<IncomingCheck> read(const Route& path, const stun::MessageView& request,
                                    std::string_view remote_ufrag);
  /// Section 7.3.1.1. `send_487` is answered, and the request means nothing more. With a given role
  /// no tie-breaker decides.
  ConflictVerdict judge_role(const Route& path, const stun::MessageView& request,
                             const IncomingCheck& check, bool role_is_given);
  /// Answers with success.
  void accept(const Route& path, const stun::MessageView& request);

  /// For when the peer's description will have come.
  void remember(const HeardCheck& check);
  /// In the order of arrival, of senders with this ufrag; none is kept.
  std::vector<HeardCheck> release_early_checks(std::string_view remote_ufrag);
  /// Whether a remembered check came by this path.
  bool remembers(const Route& path) const { return early_checks_.knows(path); }

 private:
  void answer(const Route& path, Bytes message);
  void refuse(const Route& path, const stun::MessageView& request, std::uint16_t code);

  AgentCore& core_;
  const Credentials& own_;
  std::unique_ptr<HmacSha1> own_key_;
  EarlyChecks early_checks_;
};

}  // namespace floe::ice
