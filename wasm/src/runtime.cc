// What the C and C++ libraries would ask of a system, which is not there.
#include <cstddef>
#include <cstdint>
#include <cstdio>

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

/// Only the JSON reader formats anything, a part of a message that nobody reads; the whole of
/// printf would come along for it. Whoever needs to format in the module has to do it otherwise.
int snprintf(char* __restrict out, std::size_t size, const char* __restrict, ...) {
  if (size > 0) *out = '\0';
  return 0;
}

}  // extern "C"

namespace std {

/// libc++ prints before it aborts, but there is nowhere to print to; a trap gives JavaScript a
/// stack.
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) {
  __builtin_trap();
}

}  // namespace std
