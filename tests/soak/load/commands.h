// What the program is told on its standard input, a word a line; each is answered by a line:
//
//   report   what all clients have seen, as JSON
//   quiet    nobody sends any more
//   loud     they send again
//   tokens   the file of tokens is read again, for sessions to come
//   end      the program ends
// All but the first are answered by {}.
#pragma once

#include "crowd.h"
#include "floe/native/watch.h"

namespace floe::soak {

class Commands final : private native::WatchListener {
 public:
  /// Both must outlive it.
  Commands(native::Loop& loop, Crowd& crowd);

 private:
  void on_ready(native::Readiness readiness) override;
  void obey(std::string_view command);

  native::Loop& loop_;
  Crowd& crowd_;
  std::string text_;
  native::Watch input_;
};

}  // namespace floe::soak
