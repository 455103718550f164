#include "line_reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace floe::cli {
namespace {

/// epoll watches pipes, sockets and terminals, but neither files nor /dev/null.
bool can_be_watched(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return false;
  return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) ||
         (S_ISCHR(status.st_mode) && isatty(fd) == 1);
}

}  // namespace

LineReader::LineReader(native::Loop& loop, int fd, LineListener& listener)
    : loop_(loop), fd_(fd), listener_(listener), watch_(loop, fd, *this) {
  if (can_be_watched(fd)) {
    watch_.set_interest(true, false);
  } else {
    loop_.post([this] {
      while (read_some()) {
      }
    });
  }
}

void LineReader::on_ready(native::Readiness) {
  (void)read_some();
}

bool LineReader::read_some() {
  std::array<char, 64 * 1024> buffer;
  const ssize_t size = read(fd_, buffer.data(), buffer.size());
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return errno == EINTR;
  if (size <= 0) {
    watch_.set_interest(false, false);
    if (!line_.empty()) listener_.on_line(line_);
    listener_.on_end_of_input();
    return false;
  }
  take({buffer.data(), static_cast<std::size_t>(size)});
  return true;
}

void LineReader::take(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view piece = text.substr(0, end);
    if (!skipping_ && line_.size() + piece.size() > kLineMax) {
      skipping_ = true;
      line_.clear();
      listener_.on_long_line();
    }
    if (!skipping_) line_ += piece;
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
    if (!skipping_) {
      std::string_view line = line_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      listener_.on_line(line);
    }
    skipping_ = false;
    line_.clear();
  }
}

}  // namespace floe::cli
