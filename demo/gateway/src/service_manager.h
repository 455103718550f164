// Tells the service manager how the gateway is: systemd's notifications (sd_notify(3)), which are
// datagrams of lines NAME=VALUE to the socket that NOTIFY_SOCKET names. Without one nothing is
// sent.
//
// While the loop runs, the watchdog hears of it at twice the pace that WATCHDOG_USEC asks for. A
// gateway that hangs says nothing, and is started anew.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "floe/native/loop.h"

namespace floe::gateway {

class ServiceManager final : private TimerListener {
 public:
  explicit ServiceManager(native::Loop& loop);

  void say_ready();
  /// Afterwards say_ready() again.
  void say_reloading();
  void say_stopping(Duration at_most);

 private:
  void handle_timeout(Timestamp now) override;
  void send(std::string_view lines) const;

  native::Loop& loop_;
  std::string socket_;
  Duration watchdog_{};  // zero: none is asked for
  std::unique_ptr<Timer> timer_;
};

}  // namespace floe::gateway
