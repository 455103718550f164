// A TCP connection that a gateway opens, as the application holds it.
#pragma once

#include "client_object.h"

namespace floe::tunnel {

class Client::Stream final : public ClientObject<StreamSocket, ConnectionHandle, StreamListener> {
 public:
  using ClientObject::ClientObject;
  ~Stream() override;

  bool send(Bytes bytes) override;
};

}  // namespace floe::tunnel
