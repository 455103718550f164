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
#include "check_riders.h"
#include "connectivity_check.h"
#include "early_checks.h"

namespace floe::ice {

class CheckServer {
 public:
  /// The objects passed by reference must outlive the server.
  CheckServer(AgentCore& core, const Credentials& own,
              const std::optional<SessionDescription>& remote)
      : core_(core),
        own_(own),
        own_key_(core.crypto.hmac_sha1(as_bytes(own.password))),
        riders_(core, remote) {}

  /// Nothing when the request is refused; it is then counted, and answered with an error if it was
  /// authenticated. `remote_ufrag` is empty while the peer's description has not come.
  std::optional<IncomingCheck> read(const Route& path, const stun::MessageView& request,
                                    std::string_view remote_ufrag);
  /// Section 7.3.1.1. After `send_487` the error has been sent, and the request must be ignored. If
  /// `role_is_given`, no tie-breaker decides: this agent keeps its role.
  ConflictVerdict judge_role(const Route& path, const stun::MessageView& request,
                             const IncomingCheck& check, bool role_is_given);
  /// Passes on what the request carries, then answers with success. `component` is that of the
  /// path, if there is one.
  void accept(Timestamp now, const Route& path, const stun::MessageView& request,
              std::optional<StreamComponent> component);

  /// Keeps the check until the peer's description has come.
  void remember(const HeardCheck& check);
  /// The remembered checks of senders with this ufrag, in the order of arrival; all are forgotten.
  std::vector<HeardCheck> release_early_checks(std::string_view remote_ufrag);
  /// Whether a remembered check came by this path.
  bool remembers(const Route& path) const { return early_checks_.knows(path); }

 private:
  void answer(const Route& path, Bytes message);
  void refuse(const Route& path, const stun::MessageView& request, std::uint16_t code);

  AgentCore& core_;
  const Credentials& own_;
  std::unique_ptr<HmacSha1> own_key_;
  CheckRiders riders_;
  EarlyChecks early_checks_;
};

}  // namespace floe::ice
