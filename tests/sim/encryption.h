// With which certificates the ends of simulations encrypt. There are two, made once: making a key
// takes as long as many a world.
#pragma once

#include "floe/ice/role.h"
#include "floe/peer/security.h"

namespace floe::sim {

/// False: this build has no DTLS.
bool can_encrypt();

/// Of the end that begins in this role. Both ends know beforehand whom they will meet.
peer::SecurityOptions encryption_of(ice::Role role);

}  // namespace floe::sim
