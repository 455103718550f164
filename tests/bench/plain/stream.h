// A TCP connection to 127.0.0.1, not blocking: bytes to send are gathered until flush(), bytes that
// came wait until they are consumed. What is between the bytes and the connection may be replaced.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "floe/native/unique_fd.h"

namespace floe::bench {

class PlainStream {
 public:
  explicit PlainStream(std::uint16_t port);
  /// Of a connection that is there.
  explicit PlainStream(native::UniqueFd fd);
  PlainStream(const PlainStream&) = delete;
  PlainStream& operator=(const PlainStream&) = delete;
  virtual ~PlainStream() = default;

  int fd() const { return fd_.get(); }

  /// Room at the end of what is to be sent, valid until the next call.
  std::span<std::uint8_t> extend(std::size_t size);
  /// Sends what the kernel takes; the rest waits for the next call.
  void flush();
  /// False while much waits that the kernel has not taken.
  bool has_room() const { return outgoing_.size() - sent_ < kWaitingMax; }

  /// One recv(). False when nothing is there.
  bool receive();
  std::span<const std::uint8_t> received() const {
    return {incoming_.get() + consumed_, received_ - consumed_};
  }
  void consume(std::size_t size) { consumed_ += size; }
  /// Waits until there is something to receive.
  void wait() const;

 protected:
  /// As send() and recv() do: 0 at the end, -1 with EAGAIN.
  virtual ssize_t write_some(std::span<const std::uint8_t> bytes);
  virtual ssize_t read_some(std::span<std::uint8_t> buffer);

 private:
  static constexpr std::size_t kIncomingSize = std::size_t{256} * 1024;
  static constexpr std::size_t kWaitingMax = std::size_t{256} * 1024;

  native::UniqueFd fd_;
  std::vector<std::uint8_t> outgoing_;
  std::size_t sent_ = 0;
  std::unique_ptr<std::uint8_t[]> incoming_;
  std::size_t received_ = 0;
  std::size_t consumed_ = 0;
};

}  // namespace floe::bench
