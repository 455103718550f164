// What another process costs, by /proc.
#pragma once

#include <cstdint>

namespace floe::bench {

class OtherProcess {
 public:
  explicit OtherProcess(std::int64_t pid) : pid_(pid) {}

  /// Of all its threads since it began; the kernel counts in steps of 10 ms.
  double cpu_us() const;
  double resident_bytes() const;
  /// When it has not changed for a while: what was begun is done.
  double settled_resident_bytes() const;

 private:
  std::int64_t pid_;
};

}  // namespace floe::bench
