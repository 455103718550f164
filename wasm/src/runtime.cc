// The functions that the C and C++ libraries would ask of a system. There is no system here.
//
// Nothing here may change the meaning of a function that the module and a native program share:
// the same input has the same outcome in both. Where a function of the C library is too large for a
// page, its caller does without it in every build.
#include <cstddef>
#include <cstdint>

#include <__verbose_abort>

extern "C" {

/// The allocator says that memory grew; JavaScript looks at the memory's buffer anyway.
void emscripten_notify_memory_growth(std::size_t) {}

/// There are no environment variables. Both return 0, which is success.
std::uint16_t __wasi_environ_sizes_get(std::size_t* count, std::size_t* size) {
  *count = *size = 0;
  return 0;
}

std::uint16_t __wasi_environ_get(std::uint8_t**, std::uint8_t*) {
  return 0;
}

}  // extern "C"

namespace std {

/// libc++ lets a program replace this function. Its own prints before it aborts, but there is
/// nowhere to print to; a trap gives JavaScript a stack.
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) {
  __builtin_trap();
}

}  // namespace std
