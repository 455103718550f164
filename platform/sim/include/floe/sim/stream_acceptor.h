// Who takes the streams that others open to a simulated host.
#pragma once

#include <memory>

#include "floe/api/stream_socket.h"

namespace floe::sim {

class StreamAcceptor {
 public:
  /// `remote` is who connected, as seen from here. The stream is connected: its listener, which
  /// must outlive it, hears bytes and the end, and no on_stream_connected().
  virtual StreamListener& accept(std::unique_ptr<StreamSocket> stream,
                                 const TransportAddress& remote) = 0;

 protected:
  ~StreamAcceptor() = default;
};

}  // namespace floe::sim
