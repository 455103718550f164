#include "send_queue.h"

namespace floe::signal {

std::optional<std::string> SendQueue::pop(Timestamp now) {
  if (blocked_ || texts_.empty() || !rate_.consume(now)) return std::nullopt;
  std::optional<std::string> text = std::move(texts_.front());
  texts_.pop_front();
  return text;
}

void SendQueue::put_back(std::string text) {
  texts_.push_front(std::move(text));
  rate_.give_back();
  blocked_ = true;
}

Timestamp SendQueue::deadline() const {
  return blocked_ || texts_.empty() ? kNever : rate_.ready_at();
}

}  // namespace floe::signal
