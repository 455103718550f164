#include "message_hold.h"

#include "floe/signal/limits.h"

namespace floe::signal {

bool MessageHold::add(std::string_view sender, const IpAddress& network, std::string text,
                      Timestamp expires) {
  if (held_.size() == kHeldMessagesMax || !budget_->consume(network, text.size())) return false;
  byte_count_ += text.size();
  held_.push_back({expires, std::string(sender), network, std::move(text)});
  return true;
}

void MessageHold::give_back(const Held& held) {
  budget_->give_back(held.network, held.text.size());
  byte_count_ -= held.text.size();
}

std::string MessageHold::pop() {
  give_back(held_.front());
  std::string text = std::move(held_.front().text);
  held_.pop_front();
  return text;
}

std::size_t MessageHold::remove_of(std::string_view sender) {
  return std::erase_if(held_, [&](const Held& held) {
    if (held.sender != sender) return false;
    give_back(held);
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
