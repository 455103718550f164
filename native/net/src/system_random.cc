#include "floe/native/system_random.h"

#include <sys/mman.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace floe::native {
namespace {

void fetch(MutableBytes out) {
  while (!out.empty()) {
    const ssize_t count = getrandom(out.data(), out.size(), 0);
    if (count > 0) {
      out = out.subspan(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      std::abort();
    }
  }
}

}  // namespace

/// The pool. It is all zeros when it is new, and also in a child process; zeros mean empty.
struct SystemRandom::Pool {
  std::size_t left;
  std::uint8_t bytes[kPoolSize];
};

SystemRandom::SystemRandom() : pool_(nullptr) {
  void* page =
      mmap(nullptr, sizeof(Pool), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return;
  if (madvise(page, sizeof(Pool), MADV_WIPEONFORK) != 0) {
    munmap(page, sizeof(Pool));
    return;
  }
  (void)madvise(page, sizeof(Pool), MADV_DONTDUMP);
  pool_ = static_cast<Pool*>(page);
}

SystemRandom::~SystemRandom() {
  if (pool_ == nullptr) return;
  std::memset(pool_, 0, sizeof(Pool));
  munmap(pool_, sizeof(Pool));
}

void SystemRandom::fill(MutableBytes out) {
  if (pool_ == nullptr || out.size() > kPoolSize / 4) return fetch(out);
  if (pool_->left < out.size()) {
    fetch(pool_->bytes);
    pool_->left = kPoolSize;
  }
  std::uint8_t* taken = pool_->bytes + (pool_->left - out.size());
  std::copy(taken, taken + out.size(), out.data());
  std::memset(taken, 0, out.size());
  pool_->left -= out.size();
}

}  // namespace floe::native
