#include "client_stream.h"

namespace floe::tunnel {

Client::Stream::~Stream() {
  if (client() == nullptr) return;
  client()->streams_.remove(this);
  client()->session_->close(handle());
  client()->end_input();
}

bool Client::Stream::send(Bytes bytes) {
  if (client() == nullptr) return false;
  const bool taken = client()->session_->send(handle(), bytes);
  client()->end_input();
  return taken;
}

}  // namespace floe::tunnel
