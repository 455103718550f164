#include "floe/token/refusal.h"

namespace floe::token {

std::string_view to_text(Refusal refusal) {
  switch (refusal) {
    case Refusal::missing:
      return "the token is missing: get one from your server and pass it as `token`";
    case Refusal::malformed:
      return "the token cannot be read: it is a JWT, three parts with dots between; was it cut?";
    case Refusal::not_the_secret:
      return "the token is wrong: it is not the one that this server was given, and not signed "
             "with "
             "it either";
    case Refusal::algorithm:
      return "the token's header asks for something else than HS256: sign it with HS256, and "
             "without `crit`";
    case Refusal::unknown_key:
      return "the token's `kid` is no key of this gateway: the key was changed, or it is another "
             "gateway; get a new token";
    case Refusal::bad_signature:
      return "the token was signed with another secret, or changed since: get a new one";
    case Refusal::bad_claims:
      return "a claim of the token is missing, of another type, or beyond its limit: `exp` and "
             "`aud` must be there; the gateway's README has the list";
    case Refusal::wrong_audience:
      return "the token is for another server: its `aud` must name this gateway (floe-gateway, "
             "unless its operator chose another)";
    case Refusal::not_yet_valid:
      return "the token is not valid yet (`nbf`, `iat`): wait, or compare the clocks of who made "
             "it and of the gateway";
    case Refusal::expired:
      return "the token has expired (`exp`): get a new one";
    case Refusal::lives_too_long:
      return "the token lives longer than this gateway allows: `exp` is at most 24 hours after "
             "`iat`; without `iat`, 10 minutes from now";
    case Refusal::opened_too_late:
      return "the token was made too long ago to begin with it (10 minutes, unless the operator "
             "chose otherwise): get one just before you connect";
    case Refusal::other_network:
      return "the token was used from another network before: get a token for this client, or one "
             "with the claim `multi`";
    case Refusal::wrong_room:
      return "the token is not for this room: its claim `room` or `rooms` must name it";
    case Refusal::wrong_origin:
      return "the token is not for this page: its claim `origins` does not have the page's origin";
    case Refusal::not_native:
      return "the token is for pages: a program, which sends no Origin, needs one with the claim "
             "`native`";
    case Refusal::too_many_sessions:
      return "the bearer of this token has all the sessions that it may have: close one first";
    case Refusal::network_full:
      return "your network has all the sessions that one network may have here; try later";
    case Refusal::gateway_full:
      return "all sessions of this gateway are in use; try later";
  }
  return {};
}

}  // namespace floe::token
