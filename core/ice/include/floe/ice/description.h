// What two agents tell each other before they can check (RFC 8445, section 5.3).
#pragma once

#include "floe/ice/credentials.h"
#include "floe/ice/role.h"

namespace floe::ice {

/// The part of a description that the agent acts on; candidates come one by one.
struct SessionDescription {
  Credentials credentials;
  bool lite = false;
};

}  // namespace floe::ice
