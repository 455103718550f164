// A file of /proc, as a list that fscanf() reads.
#pragma once

#include <cstdio>
#include <memory>

namespace floe::native {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Null when it cannot be opened.
using ProcFile = std::unique_ptr<std::FILE, FileCloser>;

inline ProcFile open_proc(const char* path) {
  return ProcFile(std::fopen(path, "re"));
}

}  // namespace floe::native
