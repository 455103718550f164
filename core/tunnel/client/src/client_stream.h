// A TCP connection that a gateway opens, as the application holds it.
#pragma once

#include "client_session.h"
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

class Client::Stream final : public StreamSocket {
 public:
  /// `client` may go before the stream, which is dead then.
  Stream(Client& client, ConnectionHandle handle, StreamListener& listener)
      : client_(&client), handle_(handle), listener_(listener) {}
  ~Stream() override;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  bool send(Bytes bytes) override;

  ConnectionHandle handle() const { return handle_; }
  StreamListener& listener() { return listener_; }
  /// The client does not know it any more.
  void detach() { client_ = nullptr; }

 private:
  Client* client_;  // null once the stream is dead
  ConnectionHandle handle_;
  StreamListener& listener_;
};

}  // namespace floe::tunnel
