// The interface that takes the streams that other hosts open to a simulated host.
#pragma once

#include <memory>

#include "floe/api/stream_socket.h"

namespace floe::sim {

class StreamAcceptor {
 public:
  /// `remote` is the address of the host that connected, as seen from here. The stream is connected
  /// already: its listener hears bytes and the end, but no on_stream_connected(). The listener must
  /// outlive the stream.
  virtual StreamListener& accept(std::unique_ptr<StreamSocket> stream,
                                 const TransportAddress& remote) = 0;

 protected:
  ~StreamAcceptor() = default;
};

}  // namespace floe::sim
