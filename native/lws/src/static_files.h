// The files below one directory, for a web server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/native/unique_fd.h"

namespace floe::native {

struct StaticFile {
  UniqueFd fd;
  std::uint64_t size = 0;
  std::string_view content_type;
};

/// Finds regular files by URL path, and nothing that is not below the root: the path is checked
/// segment by segment before the file system sees it, and what it leads to is checked again once
/// links are resolved. Names that begin with a dot do not exist. "/" at the end means index.html.
class StaticFiles {
 public:
  /// False when `directory` is none; then nothing is found.
  bool open(const std::string& directory);
  /// `path` is percent-decoded, without a query.
  std::optional<StaticFile> find(std::string_view path) const;

 private:
  std::string root_;  // canonical, without "/" at the end; empty: not open
};

/// By the name's ending; application/octet-stream when it says nothing.
std::string_view content_type_of(std::string_view path);

}  // namespace floe::native
