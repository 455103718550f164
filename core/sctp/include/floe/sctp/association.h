// One SCTP association (RFC 9260) without I/O, on usrsctp: messages in streams over anything that
// carries datagrams, with partial reliability (RFC 3758) and the reset of streams (RFC 6525), as
// data channels need them (RFC 8831).
//
//   Association association(options, random);
//   association.connect(now);                  both ends do
//   what arrives ─▶ handle_packet(now, bytes)
//   after each call: poll_output()* ─▶ to the network and to the application
//                    one timer for deadline() ─▶ handle_timeout(now)
//
// It has no cryptography. A sender of packets can do everything, so DTLS has to carry them.
//
// There is one usrsctp in a process, so all associations belong to one thread: the one that made
// the first of them. On another thread connect() says so and does nothing.
#pragma once

#include <deque>
#include <memory>
#include <variant>
#include <vector>

#include "floe/api/random.h"
#include "floe/sctp/options.h"
#include "floe/types/bytes.h"
#include "floe/types/strong_id.h"

namespace floe::sctp {

using StreamId = StrongId<struct StreamTag, std::uint16_t>;
/// RFC 9260, section 3.3.1: what the application says of a message.
using PayloadProtocol = StrongId<struct PayloadProtocolTag, std::uint32_t>;

struct Transmit {
  ByteVector packet;
};
/// Messages can be sent.
struct Connected {
  std::uint16_t streams;  ///< of each end, from 0
};
struct MessageReceived {
  StreamId stream;
  PayloadProtocol protocol;
  ByteVector bytes;
};
/// The peer has reset these streams of its own: nothing more comes on them.
struct ResetByPeer {
  std::vector<StreamId> streams;
};
/// reset() is done, or the peer would not have it.
struct ResetDone {
  std::vector<StreamId> streams;
  bool refused;
};

enum class EndReason : std::uint8_t {
  closed_by_peer,    ///< in order, or by an abort
  lost,              ///< the peer answers no more
  message_too_long,  ///< the peer's, longer than Options::message_size_max
};
/// The association is over; nothing follows.
struct Ended {
  EndReason reason;
};

using Output = std::variant<Transmit, Connected, MessageReceived, ResetByPeer, ResetDone, Ended>;

enum class SendResult : std::uint8_t {
  sent,
  not_connected,
  too_long,   ///< longer than kMessageSizeMax
  no_stream,  ///< the peer takes fewer streams
  full,       ///< later, after acknowledgements of the peer
};

class Socket;

class Association {
 public:
  /// `random` must outlive the association.
  Association(const Options& options, RandomSource& random);
  ~Association();
  Association(const Association&) = delete;
  Association& operator=(const Association&) = delete;

  /// Once. False when there is no memory, or another thread has the associations.
  bool connect(Timestamp now);
  void handle_packet(Timestamp now, Bytes packet);
  void handle_timeout(Timestamp now);
  Timestamp deadline() const { return deadline_; }
  std::optional<Output> poll_output();

  SendResult send(Timestamp now, StreamId stream, PayloadProtocol protocol, Bytes message,
                  const Delivery& delivery);
  /// RFC 6525: the numbers of messages on these streams start at 0 again; ResetDone follows. False:
  /// an earlier reset is under way, or nothing is connected.
  bool reset(Timestamp now, const std::vector<StreamId>& streams);
  /// Tells the peer by an abort.
  void close(Timestamp now);

  /// Whether a datagram is for handle_packet(): its ports and its checksum say so.
  static bool is_packet(const Options& options, Bytes datagram);
  bool is_connected() const { return state_ == State::connected; }

 private:
  enum class State : std::uint8_t { fresh, connecting, connected, over };

  void take_from_socket(Timestamp now);
  void take_packets(Timestamp now);
  void transmit(ByteVector packet);
  void take_message(StreamId stream, PayloadProtocol protocol, Bytes part, bool is_last);
  void take_notification(Bytes notification);
  void take_change(std::uint16_t state, std::uint16_t streams, bool has_chunk);
  void take_resets(std::uint16_t flags, Bytes list);
  void end(EndReason reason);
  void expect_timers(Timestamp now);

  const Options options_;
  RandomSource& random_;
  std::unique_ptr<Socket> socket_;
  State state_ = State::fresh;
  MessageReceived partial_{};  // what has come of a message so far
  std::deque<Output> outputs_;
  Timestamp deadline_ = kNever;
  Timestamp quiet_from_{};        // no packet since
  bool has_unsure_peer_ = false;  // it may not know yet that the association is complete
};

}  // namespace floe::sctp
