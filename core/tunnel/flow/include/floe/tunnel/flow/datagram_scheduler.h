// Decides which waiting datagram goes next: STUN first, and within a class the sockets take turns,
// so that a socket that floods does not starve another socket.
//
// Used by both ends of the tunnel, for datagrams that cannot go out at once: on the downlink while
// the channel is full, on the uplink while it is full or there is no credit. Records wait in the
// full form.
#pragma once

#include <memory>
#include <vector>

#include "floe/tunnel/flow/datagram_class.h"
#include "floe/tunnel/records/ids.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class DatagramQueue;

enum class QueueDrop : std::uint8_t { full, too_old, socket_closed };

class QueueDropListener {
 public:
  virtual void on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t count) = 0;

 protected:
  ~QueueDropListener() = default;
};

class DatagramScheduler {
 public:
  /// `listener` must outlive the scheduler.
  explicit DatagramScheduler(QueueDropListener& listener);
  ~DatagramScheduler();

  /// Space for a record of `size` bytes, which the caller must fill before any other call.
  MutableBytes push(Timestamp now, SocketId socket, DatagramClass of, std::size_t size);

  /// The record to send now; empty when none waits. Drops the records that became too old.
  Bytes front(Timestamp now);
  /// Forgets the record that front() returned.
  void pop();

  /// Drops the records of a socket that is closing.
  void forget(SocketId socket);
  void clear();

  bool empty() const { return waiting_ == 0; }
  std::size_t bytes_held() const;

 private:
  struct Lane;  // the queues of one socket, by class

  static std::size_t index_of(SocketId socket) { return socket.value() - std::size_t{1}; }
  static SocketId socket_at(std::size_t index) {
    return SocketId{static_cast<std::uint16_t>(index + 1)};
  }
  void drop(std::size_t lane, QueueDrop why, std::uint32_t count);
  /// The next queue of the class that has a record which is not too old.
  DatagramQueue* next_of(std::size_t datagram_class, Timestamp now);

  QueueDropListener& listener_;
  std::vector<std::unique_ptr<Lane>> lanes_;  // by socket; made when its first datagram has to wait
  std::size_t turn_ = 0;                      // the lane to look at first
  std::size_t waiting_ = 0;
  DatagramQueue* chosen_ = nullptr;
};

}  // namespace floe::tunnel
