// Rooms of the device's own, where it can be reached: pages and other programs meet it without any
// other server, by floe.signal.1 or by WHIP.
#pragma once

#include <string>

#include "floe/native/http_server.h"
#include "floe/native/system_host.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_service.h"

namespace floe::device {

struct ReceptionOptions {
  TransportAddress listen;    ///< port 0: any
  std::string token;          ///< that clients must send; only on loopback empty
  std::string document_root;  ///< a page's files; empty: none
};

/// The reason why these options must not be used; empty: none.
std::string refuse_reception(const ReceptionOptions& options);

class Reception {
 public:
  /// `host` must outlive it.
  Reception(native::SystemHost& host, const ReceptionOptions& options);

  /// Empty, or why it does not listen.
  std::string listen();
  TransportAddress address() const { return server_.address(); }
  /// Of a room, for a program on this machine.
  std::string url(std::string_view room) const;

 private:
  ReceptionOptions options_;
  rooms::RefusalLog refusals_;
  rooms::AccessControl access_control_;
  native::Strangers strangers_;
  rooms::SignalService signal_;
  rooms::WhipService whip_;
  native::HttpServer server_;
};

}  // namespace floe::device
