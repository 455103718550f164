// Messages that wait in the server for somebody to receive them, within limits of count and bytes.
//
// One for the first who joins a room, and one for each peer whose connection broke. The bytes of
// all holds come out of one budget, so many rooms cannot hold more than the operator allows.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "floe/types/time.h"

namespace floe::signal {

class ByteBudget {
 public:
  explicit ByteBudget(std::size_t size) : left_(size) {}
  bool take(std::size_t size) {
    if (size > left_) return false;
    left_ -= size;
    return true;
  }
  void give_back(std::size_t size) { left_ += size; }
  std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

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
  /// The oldest; only when it is not empty.
  std::string take();
  /// How many of `sender` were thrown away.
  std::size_t remove_of(std::string_view sender);
  /// How many had expired.
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
