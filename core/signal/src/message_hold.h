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
#include <utility>

#include "floe/types/address.h"
#include "floe/types/time.h"
#include "hold_budget.h"

namespace floe::signal {

class MessageHold {
 public:
  /// `budget` must outlive the hold.
  explicit MessageHold(HoldBudget& budget) : budget_(&budget) {}
  ~MessageHold() { clear(); }
  MessageHold(MessageHold&& other) noexcept : budget_(other.budget_) { swap(other); }
  MessageHold& operator=(MessageHold&& other) noexcept {
    std::swap(budget_, other.budget_);
    swap(other);
    return *this;
  }

  /// `network` is the sender's. False when a limit is reached. `expires` must not be before that of
  /// earlier messages.
  bool add(std::string_view sender, const IpAddress& network, std::string text, Timestamp expires);
  /// Removes and returns the oldest message; the hold must not be empty.
  std::string pop();
  /// Drops the messages of `sender` and returns their number.
  std::size_t remove_of(std::string_view sender);
  /// Drops the messages that have expired and returns their number.
  std::size_t remove_expired(Timestamp now);
  void clear();

  bool empty() const { return held_.empty(); }
  std::size_t size() const { return held_.size(); }
  std::size_t byte_count() const { return byte_count_; }
  Timestamp deadline() const { return held_.empty() ? kNever : held_.front().expires; }

 private:
  struct Held {
    Timestamp expires;
    std::string sender;
    IpAddress network;
    std::string text;
  };

  void swap(MessageHold& other) noexcept {
    held_.swap(other.held_);
    std::swap(byte_count_, other.byte_count_);
  }
  void give_back(const Held& held);

  HoldBudget* budget_;
  std::deque<Held> held_;
  std::size_t byte_count_ = 0;
};

}  // namespace floe::signal
