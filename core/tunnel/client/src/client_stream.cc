#include "client_stream.h"

namespace floe::tunnel {

Client::Stream::~Stream() {
  if (client_ == nullptr) return;
  client_->streams_.remove(this);
  client_->session_->close(handle_);
  client_->end_input();
}

bool Client::Stream::send(Bytes bytes) {
  if (client_ == nullptr) return false;
  const bool taken = client_->session_->send(handle_, bytes);
  client_->end_input();
  return taken;
}

}  // namespace floe::tunnel
