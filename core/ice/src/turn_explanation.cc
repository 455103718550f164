#include "turn_explanation.h"

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/error_codes.h"
#include "floe/types/decimal.h"
#include "floe/types/text.h"
#include "stun_gatherer.h"

namespace floe::ice {
namespace {

std::string_view remedy(std::uint16_t code) {
  switch (code) {
    case kServerUnreachable:
      return "this network may block it, and TURN over TLS on port 443 gets through most networks";
    case turn::kUnusableAnswer:
      return "the fault is the server's, or a device on the way changes its answers: TURN over TLS "
             "shows which; ask its operator";
    case stun::kUnauthenticated:
    case turn::kWrongCredentials:
      return "check the username and the password; time-limited credentials must be requested "
             "again";
    case turn::kForbidden:
      return "its policy does not allow this host or its peer: ask its operator";
    case turn::kAllocationMismatch:
      return "it still has an earlier allocation for this address: wait up to 10 minutes until it "
             "expires";
    case turn::kAddressFamilyNotSupported:
    case turn::kPeerAddressFamilyMismatch:
      return "it has no address of the required IP version: configure a server with IPv4 and IPv6";
    case turn::kAllocationQuotaReached:
      return "this user has reached its quota of allocations: close some allocations, or raise the "
             "quota";
    case turn::kInsufficientCapacity:
      return "it has no capacity left: configure a second server";
    case stun::kTryAlternate:
      return "it redirects to a server that cannot be used: configure a reachable server directly";
    default:
      return "the log of the server should say why";
  }
}

}  // namespace

std::string explain_failure(const TurnFailure& failure) {
  std::string text = concat({"The TURN server ", failure.server.address.to_text(), " over ",
                             to_text(failure.server.transport)});
  if (failure.code == kServerUnreachable || failure.code == turn::kUnusableAnswer) {
    text += " could not be used";
  } else {
    append(text, {" refused with error ", to_decimal(failure.code)});
  }
  append(text, {" (", failure.reason.view(), "): ", remedy(failure.code), "."});
  return text;
}

}  // namespace floe::ice
