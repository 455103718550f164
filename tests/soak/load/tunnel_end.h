// One session with a gateway by the client of core/tunnel, with its timer and the ends of its
// turns.
#pragma once

#include <memory>
#include <string>

#include "floe/native/deferred.h"
#include "floe/native/system_host.h"
#include "floe/tunnel/client/client.h"

namespace floe::soak {

class TunnelEnd;

class TunnelEndOwner {
 public:
  /// What may be bound is known.
  virtual void on_tunnel_ready() = 0;
  virtual void on_tunnel_leaving(const tunnel::GoAway& go_away) = 0;
  /// The last call. The owner destroys the end later, not from inside it.
  virtual void on_tunnel_closed(const tunnel::ClientClosed& closed) = 0;

 protected:
  ~TunnelEndOwner() = default;
};

class TunnelEnd final : private tunnel::ClientListener, private TimerListener {
 public:
  /// `host` and `owner` must outlive it.
  TunnelEnd(native::SystemHost& host, const std::string& url, std::string_view token,
            TunnelEndOwner& owner);

  tunnel::Client& client() { return client_; }
  /// Ends it in order; the owner hears nothing more.
  void close();

 private:
  void on_ready() override { owner_.on_tunnel_ready(); }
  void on_go_away(const tunnel::GoAway& go_away) override { owner_.on_tunnel_leaving(go_away); }
  void on_flush_wanted() override { turn_.request(); }
  void on_closed(const tunnel::ClientClosed& closed) override { owner_.on_tunnel_closed(closed); }
  void handle_timeout(Timestamp now) override;
  void end_turn();

  TunnelEndOwner& owner_;
  std::unique_ptr<Timer> timer_;
  native::DeferredCall<TunnelEnd, &TunnelEnd::end_turn> turn_;
  tunnel::Client client_;
};

}  // namespace floe::soak
