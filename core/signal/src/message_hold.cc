#include "message_hold.h"

#include "floe/signal/limits.h"

namespace floe::signal {

bool MessageHold::add(std::string_view sender, std::string text, Timestamp expires) {
  if (held_.size() == kHeldMessagesMax || !budget_->consume(text.size())) return false;
  held_.push_back({expires, std::string(sender), std::move(text)});
  return true;
}

std::string MessageHold::pop() {
  std::string text = std::move(held_.front().text);
  budget_->give_back(text.size());
  held_.pop_front();
  return text;
}

std::size_t MessageHold::remove_of(std::string_view sender) {
  return std::erase_if(held_, [&](const Held& held) {
    if (held.sender != sender) return false;
    budget_->give_back(held.text.size());
    return true;
  });
}

std::size_t MessageHold::remove_expired(Timestamp now) {
  std::size_t count = 0;
  for (; deadline() <= now && !empty(); ++count) pop();
  return count;
}

void MessageHold::clear() {
  while (!empty()) pop();
}

}  // namespace floe::signal
