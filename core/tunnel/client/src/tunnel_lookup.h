// A question for the addresses of a host name, as the application holds it.
#pragma once

#include "tunnel_object.h"

namespace floe::tunnel {

class TunnelLookup final : public TunnelObject<Resolution, LookupHandle, ResolveListener> {
 public:
  using TunnelObject::TunnelObject;
  ~TunnelLookup() override {
    if (driver() == nullptr) return;
    driver()->objects.lookups.remove(this);
    driver()->session().close(handle());
  }
};

}  // namespace floe::tunnel
