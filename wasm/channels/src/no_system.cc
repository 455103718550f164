// The ways to a system that usrsctp has in its code. There is no system here: time, random numbers
// and packets come from the caller.
#include <cerrno>
#include <cstdint>

extern "C" {

/// It would ask an interface for its MTU. Without an answer it uses Options::packet_size.
int __syscall_socket(int, int, int, int, int, int) {
  return -EAFNOSUPPORT;
}

// Nothing calls these two: that would be a defect.

std::uint16_t __wasi_clock_time_get(std::uint32_t, std::uint64_t, std::uint64_t*) {
  __builtin_trap();
}

std::uint16_t __wasi_fd_close(std::uint32_t) {
  __builtin_trap();
}

}  // extern "C"
