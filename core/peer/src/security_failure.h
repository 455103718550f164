#pragma once

#include "floe/peer/security.h"

namespace floe::peer {

/// With the sentence that belongs to the reason.
SecurityFailed make_security_failed(SecurityFailure reason);

}  // namespace floe::peer
