// What every request over HTTP begins with.
#pragma once

#include <string>

#include "floe/types/address.h"

namespace floe::native {

/// All members but `peer` are as the client sent them.
struct RequestHead {
  std::string path;    ///< percent-decoded, "/signal/room"
  std::string query;   ///< without "?", not decoded
  std::string host;    ///< the Host header
  std::string origin;  ///< the Origin header; empty when there is none: not a browser
  TransportAddress peer;
};

}  // namespace floe::native
