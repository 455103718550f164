// The random bytes of a RandomSource, as mbedTLS asks for them.
#pragma once

#include "floe/api/random.h"

namespace floe::dtls {

inline int draw_random(void* source, unsigned char* out, std::size_t size) {
  static_cast<RandomSource*>(source)->fill({out, size});
  return 0;
}

}  // namespace floe::dtls
