#include "floe/tunnel/client/client_stream.h"

#include <algorithm>

#include "floe/tunnel/client/client.h"
#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

ClientStream::~ClientStream() {
  if (client_ != nullptr) client_->forget(*this);
}

bool ClientStream::send(Bytes bytes) {
  return is_open() && client_->send(*this, bytes);
}

std::string_view ClientStream::flaw() const {
  if (!tls_) return {};
  const std::string& name = tls_->server_name;
  if (name.empty() || name.size() > kMaxNameSize || !is_name_text(name)) {
    return "the gateway verifies a server's certificate by a host name or an IPv4 address only";
  }
  return {};
}

TcpOpen ClientStream::request() const {
  return {id_, tls_ ? TcpKind::turns : TcpKind::turn, remote_, kTcpWindow,
          tls_ ? std::string_view(tls_->server_name) : std::string_view()};
}

void ClientStream::fail(std::string_view reason) {
  client_ = nullptr;
  listener_.on_stream_closed(reason);
}

}  // namespace floe::tunnel
