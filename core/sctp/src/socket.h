// One socket of usrsctp: what the calls of the library look like, and no more.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "floe/sctp/association.h"
#include "stack.h"

struct socket;

namespace floe::sctp {

/// There is a function of that name, too.
using SocketHandle = struct ::socket*;

class Socket final : public PacketSink {
 public:
  /// What has come in order: a part of a message, or a notification of usrsctp.
  struct Received {
    StreamId stream;
    PayloadProtocol protocol;
    Bytes bytes;  ///< until the next receive()
    bool is_notification;
    bool is_last_part;
  };

  /// Null when there is no memory, or another thread has the stack.
  static std::unique_ptr<Socket> open(Timestamp now, const Options& options, RandomSource& random);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool connect();
  void handle_packet(Bytes packet);
  std::optional<Received> receive();
  SendResult send(StreamId stream, PayloadProtocol protocol, Bytes message,
                  const Delivery& delivery);
  bool reset(const std::vector<StreamId>& streams);
  /// Tells the peer; nothing else may be called after that but take_packets().
  void abort();
  /// Nothing waits for an acknowledgement.
  bool is_idle() const;

  std::vector<ByteVector> take_packets() { return std::exchange(packets_, {}); }

 private:
  Socket(const Options& options, SocketHandle socket);
  bool configure();
  void take_packet(Bytes packet) override;

  const Options options_;
  SocketHandle socket_;  // null after abort()
  std::vector<ByteVector> packets_;
  ByteVector buffer_;  // of receive()
};

}  // namespace floe::sctp
