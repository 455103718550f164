// libc++ prints before it aborts, which brings the whole of printf into a module that has nowhere to
// print to. A trap says as much: JavaScript gets a stack.
#include <__verbose_abort>

namespace std {

[[noreturn]] void __libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }

}  // namespace std
