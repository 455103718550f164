#include "hold_budget.h"

namespace floe::signal {

bool HoldBudget::consume(const IpAddress& network, std::size_t size) {
  const auto place = used_.find(network);
  const std::size_t used = place == used_.end() ? 0 : place->second;
  if (size > left_ || used > per_network_ || size > per_network_ - used) return false;
  left_ -= size;
  used_[network] = used + size;
  return true;
}

void HoldBudget::give_back(const IpAddress& network, std::size_t size) {
  left_ += size;
  const auto place = used_.find(network);
  if (place != used_.end() && (place->second -= size) == 0) used_.erase(place);
}

}  // namespace floe::signal
