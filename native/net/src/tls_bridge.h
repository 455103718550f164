// One connection of a TLS server: the client's side is encrypted, the server's is not.
#pragma once

#include <list>
#include <memory>

#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "tls_session.h"

namespace floe::native {

class TlsBridge;
class TlsTerminatorListener;

class TlsBridgeOwner {
 public:
  /// The handshake can go on: call shake() when it is its turn.
  virtual void on_handshake_ready(TlsBridge& bridge) = 0;
  /// Both sides have ended, or the time of the handshake has. It may destroy the bridge.
  virtual void on_bridge_over(TlsBridge& bridge) = 0;
  /// A buffer of TlsSession::kRecordSize for the duration of a call.
  virtual MutableBytes shared_buffer() = 0;

 protected:
  ~TlsBridgeOwner() = default;
};

/// In the handshake it has the client's socket alone. Then it makes a pair of sockets: one end is
/// for the server, and it carries bytes between the other and the client. It holds at most one
/// record in each direction, and reads no side whose bytes the other does not take.
class TlsBridge final : private TimerListener {
 public:
  static constexpr Duration kHandshakeTimeout = std::chrono::seconds(5);
  /// How long a client may take to close after the server has.
  static constexpr Duration kLingerTimeout = std::chrono::seconds(5);

  TlsBridge(Loop& loop, TlsBridgeOwner& owner, UniqueFd connection, const TransportAddress& peer,
            std::shared_ptr<const TlsIdentity> identity, TlsTerminatorListener& listener);

  const TransportAddress& peer() const { return peer_; }
  TlsTerminatorListener& listener() const { return listener_; }
  bool is_shaking() const { return state_ == State::shaking; }

  enum class Progress : std::uint8_t { waits, done, failed };
  /// One step of the handshake.
  Progress shake();
  /// Begins to carry bytes, after `done`. Gives the server's end; not open when the system gave no
  /// sockets.
  UniqueFd open();

  std::list<TlsBridge>::iterator place;  ///< for the owner

 private:
  enum class State : std::uint8_t { shaking, open, lingering };

  /// One of the two sockets, with the bytes that it has not taken yet.
  class Side final : private WatchListener {
   public:
    Side(Loop& loop, TlsBridge& bridge, UniqueFd fd)
        : bridge_(bridge), fd_(std::move(fd)), watch_(loop, fd_.get(), *this) {}

    int fd() const { return fd_.get(); }
    void want(bool read, bool write) { watch_.set_interest(read, write); }

    ByteVector waiting;      ///< for this side
    bool has_ended = false;  ///< nothing more comes from it

   private:
    void on_ready(Readiness) override { bridge_.on_ready(); }

    TlsBridge& bridge_;
    UniqueFd fd_;
    Watch watch_;
  };

  void on_ready();
  void handle_timeout(Timestamp now) override;
  bool carry_to_server();
  bool carry_to_client();
  bool send_to_server(Bytes bytes);
  bool send_to_client(Bytes bytes);
  void linger();
  void want_more();

  Loop& loop_;
  TlsBridgeOwner& owner_;
  TransportAddress peer_;
  std::shared_ptr<const TlsIdentity> identity_;
  TlsTerminatorListener& listener_;
  State state_ = State::shaking;
  Side client_;
  std::unique_ptr<Side> server_;
  TlsSession tls_;
  bool is_prepared_;
  std::unique_ptr<Timer> timer_;
};

}  // namespace floe::native
