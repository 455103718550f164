// A STUN or TURN server as an application names it, with its credentials (W3C's RTCIceServer).
#pragma once

#include <string>
#include <utility>

#include "floe/driver/server_uri.h"

namespace floe {

struct Server {
  Server(ServerUri named, std::string user = {}, std::string secret = {})  // NOLINT: implicit
      : uri(std::move(named)), username(std::move(user)), password(std::move(secret)) {}

  ServerUri uri;
  std::string username;  ///< of long-term credentials; empty for STUN
  std::string password;
};

}  // namespace floe
