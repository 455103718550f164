// A socket, a stream or a lookup that a client has opened, as the application holds it.
//
// The object finds its state in the session by a handle. The client may be destroyed first; then
// the object is dead and has no more events.
#pragma once

#include "client_driver.h"

namespace floe::tunnel {

template <class Interface, class Handle, class Listener>
class TunnelObject : public Interface {
 public:
  TunnelObject(ClientDriver& driver, Handle handle, Listener& listener)
      : driver_(&driver), handle_(handle), listener_(listener) {}
  TunnelObject(const TunnelObject&) = delete;
  TunnelObject& operator=(const TunnelObject&) = delete;

  Handle handle() const { return handle_; }
  Listener& listener() { return listener_; }
  /// The client no longer knows this object.
  void detach() { driver_ = nullptr; }

 protected:
  ~TunnelObject() = default;

  ClientDriver* driver() const { return driver_; }  // null when the object is dead

 private:
  ClientDriver* driver_;
  Handle handle_;
  Listener& listener_;
};

}  // namespace floe::tunnel
