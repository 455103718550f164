// How long a room waits for one of its peers before the application hears of it.
#pragma once

#include <optional>

#include "floe/driver/waiting.h"
#include "floe/types/time.h"

namespace floe {

/// Each reason is told at most once: a peer that says nothing, then a peer without a path.
class Patience {
 public:
  explicit Patience(Timestamp begin);

  /// The peer has said something.
  void handle_answer() { answer_due_ = kNever; }
  /// A path works, or the connection has ended.
  void handle_end() { path_due_ = answer_due_ = kNever; }

  /// What is waited for too long at `now`.
  std::optional<WaitingFor> take_due(Timestamp now);
  Timestamp deadline() const;

 private:
  Timestamp answer_due_;
  Timestamp path_due_;
};

}  // namespace floe
