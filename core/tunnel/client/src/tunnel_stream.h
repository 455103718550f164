// A TCP connection that a gateway opens, as the application holds it.
#pragma once

#include "tunnel_object.h"

namespace floe::tunnel {

class TunnelStream final : public TunnelObject<StreamSocket, ConnectionHandle, StreamListener> {
 public:
  using TunnelObject::TunnelObject;
  ~TunnelStream() override;

  bool send(Bytes bytes) override;
};

}  // namespace floe::tunnel
