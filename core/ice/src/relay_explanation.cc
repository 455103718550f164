#include "relay_explanation.h"

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
      return "this network may block the way to it, which TURN over TLS on port 443 mostly passes";
    case stun::kUnauthenticated:
    case turn::kWrongCredentials:
      return "check the username and the password; those of limited time have to be fetched anew";
    case turn::kForbidden:
      return "its policy excludes this host or its peer";
    case turn::kAllocationMismatch:
      return "it still has an allocation of before on this address, which ends within 10 minutes";
    case turn::kAddressFamilyNotSupported:
    case turn::kPeerAddressFamilyMismatch:
      return "it has no addresses of the family that is needed: name a server that has both";
    case turn::kAllocationQuotaReached:
      return "this user has as many allocations as it may: close some, or raise its quota";
    case turn::kInsufficientCapacity:
      return "it is full: name another server beside it";
    case stun::kTryAlternate:
      return "it sends on to a server that cannot be used";
    default:
      return "its log should say why";
  }
}

}  // namespace

std::string explain_failure(const Relays::Failure& failure) {
  std::string text = concat({"The TURN server ", failure.server.address.to_text(), " over ",
                             to_text(failure.server.transport)});
  if (failure.code == kServerUnreachable) {
    text += " could not be used";
  } else {
    append(text, {" refused with error ", to_decimal(failure.code)});
  }
  append(text, {" (", failure.reason.view(), "): ", remedy(failure.code), "."});
  return text;
}

}  // namespace floe::ice
