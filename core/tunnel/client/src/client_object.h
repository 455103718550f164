// Something that a client has opened, as the application holds it: a socket, a stream or a lookup.
//
// It finds its state in the session by a handle. The client may go before it; then the object is
// dead and nothing more is heard of it.
#pragma once

#include "client_session.h"
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

template <class Interface, class Handle, class Listener>
class ClientObject : public Interface {
 public:
  ClientObject(Client& client, Handle handle, Listener& listener)
      : client_(&client), handle_(handle), listener_(listener) {}
  ClientObject(const ClientObject&) = delete;
  ClientObject& operator=(const ClientObject&) = delete;

  Handle handle() const { return handle_; }
  Listener& listener() { return listener_; }
  /// The client no longer knows it.
  void detach() { client_ = nullptr; }

 protected:
  ~ClientObject() = default;

  Client* client() const { return client_; }  // null when the object is dead

 private:
  Client* client_;
  Handle handle_;
  Listener& listener_;
};

}  // namespace floe::tunnel
