// How much of the heap is handed out, and the most that ever was: each allocation is counted, so
// that what a handshake needs for a moment is seen, too.
//
// The program is linked with --wrap for malloc, calloc and free.
#pragma once

#include <cstddef>

namespace floe::bench {

struct HeapCount {
  std::size_t now = 0;
  std::size_t most = 0;

  static HeapCount& get();
  /// From here on, `most` is what was handed out since.
  void begin_peak() { most = now; }
};

}  // namespace floe::bench
