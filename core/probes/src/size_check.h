// How large a datagram may be on the way to a STUN server.
#pragma once

#include <optional>

#include "floe/stun/message.h"
#include "server_access.h"

namespace floe::probes {

class SizeCheck {
 public:
  /// `host` must outlive it. The server has answered over UDP before.
  SizeCheck(BlockingHost& host, const ServerOptions& server) : host_(host), access_(host, server) {}

  /// The largest of a few usual sizes that the server answers, in bytes; empty: none. Within six
  /// seconds.
  std::optional<std::size_t> run();

 private:
  bool is_answered(std::size_t size);

  BlockingHost& host_;
  ServerAccess access_;
};

}  // namespace floe::probes
