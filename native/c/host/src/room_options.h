// The configuration of a room that a program passes to the C API, checked and in the types of the
// core.
#pragma once

#include "floe/api/random.h"
#include "floe/c/room.h"
#include "floe/driver/room.h"
#include "floe/types/result.h"
#include "refusal.h"

namespace floe::c {

/// The errors are those of floe_room_join(). The URL is not judged here. `random` is for a new
/// certificate.
Result<RoomOptions, Refusal> read_room_options(const floe_room_config& config,
                                               RandomSource& random);

}  // namespace floe::c
