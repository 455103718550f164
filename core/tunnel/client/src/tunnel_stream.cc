#include "tunnel_stream.h"

namespace floe::tunnel {

TunnelStream::~TunnelStream() {
  if (driver() == nullptr) return;
  driver()->objects.streams.remove(this);
  driver()->session().close(handle());
  driver()->end_input();
}

bool TunnelStream::send(Bytes bytes) {
  if (driver() == nullptr) return false;
  const bool taken = driver()->session().send(handle(), bytes);
  driver()->end_input();
  return taken;
}

}  // namespace floe::tunnel
