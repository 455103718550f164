// A listening TCP socket in a Loop.
#pragma once

#include <optional>

#include "floe/native/listen_error.h"
#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"
#include "floe/types/address.h"
#include "floe/types/result.h"

namespace floe::native {

class ConnectionAcceptor {
 public:
  /// Takes the descriptor. Non-blocking, close-on-exec.
  virtual void on_accepted(UniqueFd connection, const TransportAddress& peer) = 0;
  /// False pauses accepting until TcpListener::resume().
  virtual bool has_room() const = 0;

 protected:
  ~ConnectionAcceptor() = default;
};

/// It replaces the listener of libwebsockets, which accepts one connection a pass and does not tell
/// its port. When the process is out of descriptors, it pauses for a moment: a connection that
/// waits keeps the descriptor ready, and the loop would spin.
class TcpListener final : private WatchListener, private TimerListener {
 public:
  static constexpr int kAcceptsPerPassMax = 64;

  /// `loop` and `acceptor` must outlive the listener.
  TcpListener(Loop& loop, ConnectionAcceptor& acceptor);

  /// With `share_port` several threads of this program may listen on one address: the kernel
  /// divides the connections among them (SO_REUSEPORT).
  Result<TransportAddress, ListenError> listen(const TransportAddress& address,
                                               bool share_port = false);
  void resume();

 private:
  void on_ready(Readiness readiness) override;
  void handle_timeout(Timestamp now) override;

  Loop& loop_;
  ConnectionAcceptor& acceptor_;
  UniqueFd fd_;
  std::optional<Watch> watch_;
  std::unique_ptr<Timer> retry_timer_;
};

}  // namespace floe::native
