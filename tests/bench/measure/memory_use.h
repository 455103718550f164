// How much memory this process has at the moment.
#pragma once

#include <malloc.h>
#include <unistd.h>

#include <cstdio>

namespace floe::bench {

struct MemoryUse {
  double heap_bytes = 0;      ///< handed out by malloc and not freed, its own headers included
  double resident_bytes = 0;  ///< pages in memory: also what malloc keeps and what it cuts up

  static MemoryUse now() {
    const struct mallinfo2 heap = mallinfo2();
    unsigned long total = 0;
    unsigned long resident = 0;
    if (FILE* statm = std::fopen("/proc/self/statm", "r")) {
      if (std::fscanf(statm, "%lu %lu", &total, &resident) != 2) resident = 0;
      std::fclose(statm);
    }
    return {static_cast<double>(heap.uordblks + heap.hblkhd),
            static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE))};
  }
};

}  // namespace floe::bench
