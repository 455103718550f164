// The outputs of an agent in order, with the bytes that they carry.
//
// Messages that the agent writes are kept in one buffer until all outputs are taken; data of the
// application stays where it is and is only pointed at.
#pragma once

#include <optional>
#include <variant>

#include "floe/ice/output.h"
#include "floe/types/list.h"

namespace floe::ice {

/// An idle agent keeps room for the outputs of one datagram, and no more: connecting needs a long
/// queue, but after that an agent may send only an answer now and then, for months.
inline constexpr std::size_t kOutputsKept = 1;
inline constexpr std::size_t kMessageBytesKept = 128;

class OutputQueue {
 public:
  /// Copies `message`.
  void transmit_copy(const TransportAddress& local, const TransportAddress& remote, Bytes message);
  /// Points at `payload`, which must stay until the queue is drained.
  void transmit_view(const TransportAddress& local, const TransportAddress& remote, Bytes payload);
  /// Copies the name.
  void stream_wanted(const TcpConnectionWanted& stream);
  /// Copies `message`.
  void stream_copy(TcpConnectionId id, Bytes message);
  void stream_unwanted(TcpConnectionId id) { queue_.push_back(TcpConnectionUnwanted{id}); }
  void event(const Event& event);

  std::optional<Output> poll();

 private:
  struct OwnMessage {
    TransportAddress local;
    TransportAddress remote;
    std::size_t offset;
    std::size_t size;
  };

  struct OwnTcpMessage {
    TcpConnectionId id;
    std::size_t offset;
    std::size_t size;
  };

  struct OwnTcpConnectionWanted {
    TcpConnectionWanted stream;  // without its name
    std::size_t offset;
    std::size_t size;
  };

  /// The events that come often. The others have candidates, and are four times as large as all
  /// else in the queue: they are kept with the messages.
  using SmallEvent = std::variant<StateChanged, GatheringChanged, DataReceived, RoleChanged>;
  struct LargeEvent {
    std::size_t offset;
  };

  /// Appends the bytes to message_bytes_, and returns where they begin.
  std::size_t keep(Bytes bytes);
  void release_spare();

  List<std::variant<OwnMessage, Transmit, SmallEvent, LargeEvent, OwnTcpMessage,
                    OwnTcpConnectionWanted, TcpConnectionUnwanted>>
      queue_;
  std::size_t next_ = 0;
  ByteVector message_bytes_;
};

}  // namespace floe::ice
