// Writes and reads the STUN messages of connectivity checks, and decides nothing (RFC 8445, section
// 7).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/ice/check_payload.h"
#include "floe/ice/credentials.h"
#include "floe/ice/role.h"
#include "floe/stun/message_view.h"
#include "floe/types/address.h"

namespace floe::ice {

/// The contents of a Binding request that this agent sends (section 7.2.2).
struct OutgoingCheck {
  stun::TransactionId id;
  /// Section 7.2.2: the username is "the username fragment provided by the peer with the username
  /// fragment of the ICE agent sending the request, separated by a colon".
  std::string_view remote_ufrag;
  std::string_view local_ufrag;
  std::uint32_t priority;  ///< the local candidate's, if it were peer-reflexive
  Role role;
  std::uint64_t tie_breaker;
  bool use_candidate;
  std::uint32_t nomination = 0;  ///< value of NOMINATION; 0: without
  CheckRider rider = {};
};

/// The contents of an authenticated Binding request of the peer (section 7.3).
struct IncomingCheck {
  std::string_view sender_ufrag;  ///< a view of the message
  std::uint32_t priority;
  std::optional<Role> role;  ///< an old peer does not say it
  std::uint64_t tie_breaker = 0;
  bool use_candidate;
  std::uint32_t nomination = 0;  ///< 0: not there
};

enum class CheckRejection : std::uint8_t {
  unauthenticated,    ///< no answer: see read_check()
  bad_request,        ///< answer 400
  unknown_attribute,  ///< answer 420
};

/// The ufrag before the colon of USERNAME: it names the generation that the request is for.
std::optional<std::string_view> receiver_ufrag_of(const stun::MessageView& request);

/// Authenticates the sender of `request` and reads it. `remote_ufrag` is empty while the peer's
/// description has not come.
///
/// Deviation: (RFC 8489, section 9.1.3) a request whose sender does not prove that it knows our
/// password gets no 400 or 401. Its source may be forged, and an answer would make the agent a
/// reflector.
Result<IncomingCheck, CheckRejection> read_check(const stun::MessageView& request,
                                                 const Credentials& local,
                                                 const HmacSha1& local_key,
                                                 std::string_view remote_ufrag);

// Each function writes a message into `buffer` and returns it; all fit stun::kMessageSizeMax bytes.

Bytes write_check(MutableBytes buffer, const OutgoingCheck& check, const HmacSha1& remote_key);
Bytes write_success(MutableBytes buffer, const stun::MessageView& request,
                    const TransportAddress& source, const HmacSha1& local_key,
                    const CheckRider& rider = {});
Bytes write_error(MutableBytes buffer, const stun::MessageView& request, std::uint16_t code,
                  const HmacSha1& local_key);

}  // namespace floe::ice
