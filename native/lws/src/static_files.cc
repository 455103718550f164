#include "static_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

namespace floe::native {
namespace {

constexpr std::size_t kPathMax = 1024;

struct FreeDeleter {
  void operator()(char* text) const { std::free(text); }
};

// The path without links and dots; empty when there is no such file.
std::string canonical(const std::string& path) {
  const std::unique_ptr<char, FreeDeleter> resolved(realpath(path.c_str(), nullptr));
  return resolved ? std::string(resolved.get()) : std::string();
}

bool is_plain_segment(std::string_view segment) {
  if (segment.empty() || segment.front() == '.') return false;
  for (const char c : segment) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7f) return false;
  }
  return true;
}

// "/", or segments that each name something, the last one perhaps followed by "/".
bool is_plain_path(std::string_view path) {
  if (path.empty() || path.front() != '/' || path.size() > kPathMax) return false;
  path.remove_prefix(1);
  while (!path.empty()) {
    const std::string_view segment = path.substr(0, path.find('/'));
    if (!is_plain_segment(segment)) return false;
    path.remove_prefix(segment.size());
    if (!path.empty()) path.remove_prefix(1);
  }
  return true;
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".wasm", "application/wasm"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
  }};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

bool StaticFiles::open(const std::string& directory) {
  root_ = canonical(directory);
  struct stat status {};
  if (root_.empty() || stat(root_.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    root_.clear();
    return false;
  }
  if (root_ == "/") root_.clear();  // serving the whole machine is surely a mistake
  return !root_.empty();
}

std::optional<StaticFile> StaticFiles::find(std::string_view path) const {
  if (root_.empty() || !is_plain_path(path)) return std::nullopt;
  std::string name = root_ + std::string(path);
  if (name.back() == '/') name += "index.html";
  const std::string resolved = canonical(name);
  if (!resolved.starts_with(root_ + "/")) return std::nullopt;
  // Non-blocking: a named pipe would block the loop until a program writes to it.
  StaticFile file;
  file.fd.reset(::open(resolved.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (!file.fd.is_open() || fstat(file.fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return std::nullopt;
  }
  file.size = static_cast<std::uint64_t>(status.st_size);
  file.content_type = content_type_of(name);
  return file;
}

}  // namespace floe::native
