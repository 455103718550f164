// The thread of a TlsTerminator.
#pragma once

#include <pthread.h>

#include <array>
#include <atomic>
#include <list>
#include <memory>

#include "floe/native/deferred.h"
#include "floe/native/mailbox.h"
#include "floe/native/tls_terminator.h"
#include "handshake_queue.h"
#include "tls_bridge.h"
#include "tls_identity.h"

namespace floe::native {

/// A connection that a client has opened.
struct TlsArrival {
  UniqueFd connection;
  TransportAddress peer;
  TlsTerminatorListener* listener = nullptr;
  std::shared_ptr<const TlsIdentity> identity = nullptr;
};

/// Connections come in by one mailbox and go out by another.
class TlsThread final : private TlsBridgeOwner {
 public:
  TlsThread(Loop& server_loop, std::size_t handshakes_max);
  ~TlsThread();
  TlsThread(const TlsThread&) = delete;
  TlsThread& operator=(const TlsThread&) = delete;

  // For the server's thread.
  bool is_running() const { return is_running_; }
  void take(TlsArrival arrival) { arrivals_.post(std::move(arrival)); }
  TlsStatistics statistics() const;

 private:
  struct Departure {
    UniqueFd connection;
    TransportAddress peer;
    TlsTerminatorListener* listener = nullptr;
  };

  static void* run(void* self);
  bool start();

  void on_handshake_ready(TlsBridge& bridge) override;
  void on_bridge_over(TlsBridge& bridge) override;
  MutableBytes shared_buffer() override { return buffer_; }

  void begin(TlsArrival arrival);
  void take_turn();
  void go_on(TlsBridge& bridge);
  void hand_over(TlsBridge& bridge);

  Mailbox<Departure> departures_;  // in the server's loop
  Loop loop_;
  Mailbox<TlsArrival> arrivals_;
  std::list<TlsBridge> bridges_;
  HandshakeQueue<TlsBridge> handshakes_;
  std::uint64_t last_turn_ = 0;  // the pass of it
  DeferredCall<TlsThread, &TlsThread::take_turn> turn_call_;
  std::array<std::uint8_t, TlsSession::kRecordSize> buffer_{};
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  pthread_t thread_{};
  bool is_running_ = false;
};

}  // namespace floe::native
