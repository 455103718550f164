#include "dtls/heap_count.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

using floe::bench::HeapCount;

HeapCount& HeapCount::get() {
  static HeapCount count;
  return count;
}

namespace {

void* counted(void* block) {
  if (block == nullptr) return nullptr;
  HeapCount& count = HeapCount::get();
  count.now += malloc_usable_size(block);
  count.most = std::max(count.most, count.now);
  return block;
}

void discount(void* block) {
  if (block != nullptr) HeapCount::get().now -= malloc_usable_size(block);
}

}  // namespace

extern "C" {

void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void __real_free(void* block);

void* __wrap_malloc(std::size_t size) {
  return counted(__real_malloc(size));
}

void* __wrap_calloc(std::size_t count, std::size_t size) {
  return counted(__real_calloc(count, size));
}

void __wrap_free(void* block) {
  discount(block);
  __real_free(block);
}
}

// In the program itself, so that a C++ library that is shared is counted, too.
void* operator new(std::size_t size) {
  void* block = __wrap_malloc(size);
  if (block == nullptr) std::abort();
  return block;
}

void operator delete(void* block) noexcept {
  __wrap_free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  __wrap_free(block);
}
