#include "floe/native/system_random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace floe::native {

void SystemRandom::fill(MutableBytes out) {
  while (!out.empty()) {
    const ssize_t count = getrandom(out.data(), out.size(), 0);
    if (count > 0) {
      out = out.subspan(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      std::abort();
    }
  }
}

}  // namespace floe::native
