// Messages that wait in the server until there is a peer to receive them.
//
// A room has one hold for the first peer that joins, and one for each peer whose connection broke.
// The bytes of all holds come out of one budget, so many rooms cannot hold more than the operator
// allows.
// Limit: kHeldMessagesMax messages.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "byte_budget.h"
#include "floe/types/time.h"

namespace floe::signal {

class MessageHold {
 public:
  /// `budget` must outlive the hold.
  explicit MessageHold(ByteBudget& budget) : budget_(&budget) {}
  ~MessageHold() { clear(); }
  MessageHold(MessageHold&& other) noexcept : budget_(other.budget_) { held_.swap(other.held_); }
  MessageHold& operator=(MessageHold&& other) noexcept {
    std::swap(budget_, other.budget_);
    held_.swap(other.held_);
    return *this;
  }

  /// False when a limit is reached. `expires` must not be before that of earlier messages.
  bool add(std::string_view sender, std::string text, Timestamp expires);
  /// Removes and returns the oldest message; the hold must not be empty.
  std::string pop();
  /// Drops the messages of `sender` and returns their number.
  std::size_t remove_of(std::string_view sender);
  /// Drops the messages that have expired and returns their number.
  std::size_t remove_expired(Timestamp now);
  void clear();

  bool empty() const { return held_.empty(); }
  std::size_t size() const { return held_.size(); }
  Timestamp deadline() const { return held_.empty() ? kNever : held_.front().expires; }

 private:
  struct Held {
    Timestamp expires;
    std::string sender;
    std::string text;
  };

  ByteBudget* budget_;
  std::deque<Held> held_;
};

}  // namespace floe::signal
