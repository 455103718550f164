#include "port_pool.h"

namespace floe::gateway {

BindRequest PortPool::draw(Timestamp now, const BindRequest& request, RandomSource& random) {
  if (request.port_min == request.port_max) return request;
  const std::lock_guard lock(mutex_);
  wake(now);
  const std::uint32_t count = request.port_max - request.port_min + 1u;
  for (int i = 0; i < kTriesMax; ++i) {
    const auto port = static_cast<std::uint16_t>(request.port_min + random.below(count));
    if (!resting_.contains({request.ip, port})) return {request.ip, port, port};
  }
  return request;
}

void PortPool::give_up(Timestamp now, const TransportAddress& bound) {
  const std::lock_guard lock(mutex_);
  wake(now);
  order_.emplace_back(now + kRest, bound);
  resting_.insert(bound);
}

void PortPool::wake(Timestamp now) {
  while (!order_.empty() && (order_.front().first <= now || order_.size() >= kRestingMax)) {
    resting_.erase(resting_.find(order_.front().second));
    order_.pop_front();
  }
}

}  // namespace floe::gateway
