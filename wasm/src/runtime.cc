// What the C and C++ libraries would ask of a system, which is not there.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

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

/// Only the JSON reader asks, and keeps a number with a fraction as the text that it was; all it
/// wants of the value is whether a double can hold it. The library's strtod would bring arithmetic
/// of 128 bits along. Tells that by the exponent alone, which is enough for what people write.
double strtod(const char* __restrict text, char** __restrict end) {
  const std::string_view number(text);
  *end = const_cast<char*>(text) + number.size();
  const std::size_t mark = number.find_first_of("eE");
  if (mark == std::string_view::npos) return 0;
  std::string_view exponent = number.substr(mark + 1);
  if (exponent.starts_with('-')) return 0;
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size()));
  const bool is_beyond = exponent.size() > 3 || (exponent.size() == 3 && exponent > "307");
  return is_beyond ? std::numeric_limits<double>::infinity() : 0;
}

/// The C library has these in one file with strtod, and nobody calls them.
float strtof(const char* __restrict, char** __restrict) {
  __builtin_trap();
}

long double strtold(const char* __restrict, char** __restrict) {
  __builtin_trap();
}

/// Where the descriptions of the library's own classes say how to compare them. Nothing here
/// throws, catches or casts, so nobody asks; the real tables would bring all of that along.
extern const void* const class_type[3] asm("_ZTVN10__cxxabiv117__class_type_infoE");
extern const void* const derived_type[3] asm("_ZTVN10__cxxabiv120__si_class_type_infoE");
extern const void* const other_type[3] asm("_ZTVN10__cxxabiv121__vmi_class_type_infoE");
const void* const class_type[3] = {};
const void* const derived_type[3] = {};
const void* const other_type[3] = {};

}  // extern "C"

namespace std {

/// libc++ prints before it aborts, but there is nowhere to print to; a trap gives JavaScript a
/// stack.
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) {
  __builtin_trap();
}

}  // namespace std
