#include "floe/tunnel/flow/datagram_scheduler.h"

#include <array>

#include "datagram_queue.h"

namespace floe::tunnel {

struct DatagramScheduler::Lane {
  std::array<DatagramQueue, kDatagramClassCount> queues;
};

DatagramScheduler::DatagramScheduler(QueueDropListener& listener) : listener_(listener) {}

DatagramScheduler::~DatagramScheduler() = default;

MutableBytes DatagramScheduler::push(Timestamp now, SocketId socket, DatagramClass of,
                                     std::size_t size) {
  const std::size_t lane = index_of(socket);
  if (lane >= lanes_.size()) lanes_.resize(lane + 1);
  if (!lanes_[lane]) lanes_[lane] = std::make_unique<Lane>();
  DatagramQueue& queue = lanes_[lane]->queues[static_cast<std::size_t>(of)];
  drop(lane, QueueDrop::too_old, queue.expire(now));
  std::uint32_t displaced = 0;
  const MutableBytes space = queue.push(now, size, displaced);
  ++waiting_;
  drop(lane, QueueDrop::full, displaced);
  return space;
}

Bytes DatagramScheduler::front(Timestamp now) {
  chosen_ = nullptr;
  for (std::size_t i = 0; i < kDatagramClassCount && chosen_ == nullptr; ++i) {
    chosen_ = next_of(i, now);
  }
  return chosen_ == nullptr ? Bytes{} : chosen_->front();
}

void DatagramScheduler::pop() {
  chosen_->pop();
  --waiting_;
  turn_ = (turn_ + 1) % lanes_.size();
}

void DatagramScheduler::forget(SocketId socket) {
  const std::size_t lane = index_of(socket);
  if (lane >= lanes_.size() || !lanes_[lane]) return;
  std::size_t count = 0;
  for (const DatagramQueue& queue : lanes_[lane]->queues) count += queue.size();
  lanes_[lane].reset();
  drop(lane, QueueDrop::socket_closed, static_cast<std::uint32_t>(count));
}

void DatagramScheduler::clear() {
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) forget(socket_at(lane));
}

std::size_t DatagramScheduler::bytes_held() const {
  std::size_t bytes = 0;
  for (const auto& lane : lanes_) {
    if (!lane) continue;
    for (const DatagramQueue& queue : lane->queues) bytes += queue.bytes_held();
  }
  return bytes;
}

void DatagramScheduler::drop(std::size_t lane, QueueDrop why, std::uint32_t count) {
  if (count == 0) return;
  waiting_ -= count;
  listener_.on_queue_drop(socket_at(lane), why, count);
}

DatagramQueue* DatagramScheduler::next_of(std::size_t datagram_class, Timestamp now) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const std::size_t lane = (turn_ + i) % lanes_.size();
    if (!lanes_[lane]) continue;
    DatagramQueue& queue = lanes_[lane]->queues[datagram_class];
    drop(lane, QueueDrop::too_old, queue.expire(now));
    if (queue.empty()) continue;
    turn_ = lane;
    return &queue;
  }
  return nullptr;
}

}  // namespace floe::tunnel
