// What a server refused and why, a line each, for the operator who is asked about it.
//
// Strangers cause refusals as fast as they like. So at most kRefusalsLogged lines of them are
// written in each kRefusalWindow, and then the number of those that were left out.
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/api/log.h"
#include "floe/types/time.h"

namespace floe::rooms {

inline constexpr std::uint32_t kRefusalsLogged = 20;
inline constexpr Duration kRefusalWindow = std::chrono::minutes(1);

class RefusalLog {
 public:
  /// Both must outlive it. `server` is the component that the lines name.
  RefusalLog(LogSink& log, std::string_view server) : log_(log), server_(server) {}

  /// `text` says who was refused what, and what the operator can do. It may quote what a client
  /// sent: the sink makes control characters harmless and cuts long lines.
  void add(Timestamp now, std::string_view text);
  /// Since the start, those that were left out included.
  std::uint64_t count() const { return count_; }

 private:
  void begin_window(Timestamp now);

  LogSink& log_;
  std::string_view server_;
  Timestamp window_ends_at_{};
  std::uint32_t logged_ = 0;    // in this window
  std::uint32_t left_out_ = 0;  // in this window
  std::uint64_t count_ = 0;
};

}  // namespace floe::rooms
