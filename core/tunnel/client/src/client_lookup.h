// A question for the addresses of a host name, as the application holds it.
#pragma once

#include "client_object.h"

namespace floe::tunnel {

class Client::Lookup final : public ClientObject<Resolution, LookupHandle, ResolveListener> {
 public:
  using ClientObject::ClientObject;
  ~Lookup() override {
    if (client() == nullptr) return;
    client()->lookups_.remove(this);
    client()->session_->close(handle());
  }
};

}  // namespace floe::tunnel
