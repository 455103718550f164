// The buffers and the state that the UDP sockets of one loop share.
#pragma once

#include <memory>
#include <vector>

#include "receive_batch.h"
#include "send_batch.h"

namespace floe::native {

/// One set of receive buffers, one set of message headers, and a few batches that sockets borrow
/// while they send: an idle socket holds no buffer at all.
struct UdpShared {
  static constexpr std::size_t kIdleBatchesMax = 8;

  explicit UdpShared(const UdpOptions& udp_options)
      : options(udp_options),
        segmentation(udp_options.segmentation),
        coalescing(udp_options.coalescing) {}

  std::unique_ptr<SendBatch> lend_batch() {
    if (idle_batches.empty()) return std::make_unique<SendBatch>();
    std::unique_ptr<SendBatch> batch = std::move(idle_batches.back());
    idle_batches.pop_back();
    return batch;
  }
  void give_back(std::unique_ptr<SendBatch> batch) {
    if (idle_batches.size() < kIdleBatchesMax) idle_batches.push_back(std::move(batch));
  }

  UdpOptions options;
  bool segmentation;
  bool coalescing;
  std::size_t grown_buffers = 0;    // sockets that have flood_buffer_bytes
  std::size_t full_buffers = 0;     // sockets that have receive_buffer_bytes
  std::size_t stalled_keepers = 0;  // stalled sockets that have small_buffer_bytes
  UdpStatistics statistics;
  ReceiveBatch received;
  SendMessages messages;
  std::vector<std::unique_ptr<SendBatch>> idle_batches;
  const UdpSocket* delivering = nullptr;  // whose datagrams are delivered now; null: destroyed
};

}  // namespace floe::native
