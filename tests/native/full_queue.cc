// Runs a command to which the system says that its queue is full when it sends a long datagram:
// full_queue COMMAND [ARGUMENT…]
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <iterator>

namespace {

constexpr unsigned kLong = 2000;
// The third argument of sendto(2), of which the lower half is enough on a little-endian machine.
constexpr unsigned kSize = offsetof(seccomp_data, args) + 2 * sizeof(seccomp_data::args[0]);

bool refuse_long_datagrams() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sendto, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kSize),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kLong, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAGAIN),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{std::size(program), program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || !refuse_long_datagrams()) return 77;
  execv(arguments[1], arguments + 1);
  return 127;
}
