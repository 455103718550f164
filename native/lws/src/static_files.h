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

/// Finds regular files by URL path, only below the root: the path is checked segment by segment
/// before the file system sees it, and the file is checked again once links are resolved. Names
/// that begin with a dot are not found. "/" at the end means index.html.
class StaticFiles {
 public:
  /// False when `directory` is not a directory; then no file is found.
  bool open(const std::string& directory);
  /// `path` is percent-decoded, without a query.
  std::optional<StaticFile> find(std::string_view path) const;

 private:
  std::string root_;  // canonical, without "/" at the end; empty: not open
};

/// The type by the ending of the name; application/octet-stream for other endings.
std::string_view content_type_of(std::string_view path);

}  // namespace floe::native
