// A TCP connection of a Loop.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"
#include "stream_io.h"
#include "tls_session.h"

namespace floe::native {

/// Settings and parts that all streams of one TcpStreams share.
struct StreamShared {
  StreamShared(RandomSource& random, std::string ca_file) : trust(random, std::move(ca_file)) {}

  TlsTrust trust;
  std::array<std::uint8_t, TlsSession::kRecordSize> received{};
};

/// Begins to connect in its constructor, or takes a connection that a listener accepted.
///
///   connecting  --TCP is there----> open, or handshaking if TLS was asked for
///   handshaking --TLS is verified-> open     the listener hears of it
///   any         --close_with()----> closed   the listener hears why, once
class LoopStream final : public TcpStream, private WatchListener, private TimerListener {
 public:
  LoopStream(Loop& loop, StreamShared& shared, const TransportAddress& remote,
             const std::optional<TlsClient>& tls, StreamListener& listener);
  /// The server's end.
  LoopStream(Loop& loop, StreamShared& shared, UniqueFd accepted, StreamListener& listener);
  ~LoopStream() override;

  bool send(Bytes bytes) override;
  void set_reading(bool reading) override;
  std::size_t buffered_bytes() const override { return waiting_.size() - written_; }
  StreamError error() const override { return failure_.error; }

 private:
  enum class State : std::uint8_t { connecting, handshaking, open, closed };

  void on_ready(Readiness readiness) override;
  void handle_timeout(Timestamp now) override;
  void begin(const TransportAddress& remote);
  void finish_connecting();
  bool prepare_tls();
  void shake_hands();
  void become_open();
  void receive();
  void flush();
  bool write_waiting();
  IoResult read_some(MutableBytes out);
  IoResult write_some(Bytes bytes);
  void want(bool read, bool write);
  void fail_later(StreamFailure failure);
  void close_with(StreamFailure failure);
  void report_failure() { close_with(failure_); }

  Loop& loop_;
  StreamShared& shared_;
  StreamListener& listener_;
  UniqueFd fd_;
  std::optional<TlsSession> tls_;
  std::optional<TlsClient> wanted_tls_;
  std::optional<Watch> watch_;
  std::unique_ptr<Timer> connect_timer_;
  State state_ = State::connecting;
  bool reading_ = true;
  bool drain_due_ = false;  // something was sent since the listener last heard of an empty buffer
  ByteVector waiting_;
  std::size_t written_ = 0;  // bytes of the buffer that the kernel has taken
  StreamFailure failure_;
  std::shared_ptr<char> life_ = std::make_shared<char>();  // tells whether the stream still exists
  DeferredCall<LoopStream, &LoopStream::flush> flush_call_;
  DeferredCall<LoopStream, &LoopStream::report_failure> failure_call_;
};

}  // namespace floe::native
