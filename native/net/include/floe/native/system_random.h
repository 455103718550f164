// The random source of this machine.
#pragma once

#include <cstddef>

#include "floe/api/random.h"

namespace floe::native {

/// getrandom(2): the kernel's generator, which blocks only before it is seeded at boot.
///
/// Transaction ids are small and many, and a system call for each is the largest part of writing a
/// request: so bytes are fetched ahead, kPoolSize at a time. Bytes are wiped when they are given
/// out. The pool is in a page that the kernel clears in a child after fork(), so a child never
/// repeats what its parent draws; where there is no such page, nothing is fetched ahead.
class SystemRandom final : public RandomSource {
 public:
  static constexpr std::size_t kPoolSize = 1024;

  SystemRandom();
  ~SystemRandom();
  SystemRandom(const SystemRandom&) = delete;
  SystemRandom& operator=(const SystemRandom&) = delete;

  /// Aborts when the kernel has no random bytes: credentials made without them could be guessed.
  void fill(MutableBytes out) override;

 private:
  struct Pool;

  Pool* pool_;  // null: no page that is cleared by fork()
};

}  // namespace floe::native
