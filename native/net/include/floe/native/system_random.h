// The random source of this machine.
#pragma once

#include "floe/api/random.h"

namespace floe::native {

/// getrandom(2): the kernel's generator, which blocks only before it is seeded at boot. Nothing is
/// kept here, so a fork does not repeat what its parent drew.
class SystemRandom final : public RandomSource {
 public:
  /// Aborts when the kernel has no random bytes: credentials made without them would be known.
  void fill(MutableBytes out) override;
};

}  // namespace floe::native
