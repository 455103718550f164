// Lines from a descriptor, read when the loop says so.
#pragma once

#include <string>
#include <string_view>

#include "floe/native/loop.h"

namespace floe::cli {

class LineListener {
 public:
  /// `line` has no line end, and may be empty; "\r\n" ends a line, too.
  virtual void on_line(std::string_view line) = 0;
  /// The line was longer than LineReader::kLineMax and is lost.
  virtual void on_long_line() = 0;
  virtual void on_end_of_input() = 0;

 protected:
  ~LineListener() = default;
};

class LineReader final : private native::WatchListener {
 public:
  /// A datagram of 65,507 bytes in base64, and its command around it.
  static constexpr std::size_t kLineMax = 128 * 1024;

  /// Does not own `fd`. A file, which epoll does not take, is read to its end at once.
  LineReader(native::Loop& loop, int fd, LineListener& listener);

 private:
  void on_ready(native::Readiness readiness) override;
  /// False at the end, or when there is nothing to read now.
  bool read_some();
  void take(std::string_view text);

  native::Loop& loop_;
  int fd_;
  LineListener& listener_;
  native::Watch watch_;
  std::string line_;
  bool skipping_ = false;  // to the end of a line that was too long
};

}  // namespace floe::cli
