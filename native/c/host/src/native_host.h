// The object behind the handle of a host in the C API: a SystemHost and the rooms joined with it.
#pragma once

#include <memory>
#include <vector>

#include "floe/api/log.h"
#include "floe/api/timer.h"
#include "floe/floe_native.h"
#include "floe/native/system_host.h"
#include "native_room.h"

namespace floe::c {

/// Passes log lines to the program's callback.
class CallbackLog final : public LogSink {
 public:
  CallbackLog(floe_log function, void* user, LogLevel minimum)
      : function_(function), user_(user), minimum_(minimum) {}
  void log(LogLevel level, std::string_view area, std::string_view text) override;

 private:
  floe_log function_;
  void* user_;
  LogLevel minimum_;
};

class HostObject final : private TimerListener {
 public:
  /// `log` is null for standard error.
  HostObject(const native::SystemHostOptions& options, std::unique_ptr<CallbackLog> log);
  ~HostObject();
  HostObject(const HostObject&) = delete;
  HostObject& operator=(const HostObject&) = delete;

  bool is_open() const { return host_.is_open(); }
  native::Loop& loop() { return host_.loop(); }

  /// `config` has been checked, but for the URL; null: no room can be joined by that.
  floe_room* join(const floe_room_config& config);
  /// The room is destroyed later: its last messages need time, and one of its callbacks may be
  /// running.
  void leave(floe_room& room);

 private:
  static constexpr Duration kFarewell = std::chrono::seconds(1);

  void handle_timeout(Timestamp now) override;

  std::unique_ptr<CallbackLog> log_;
  native::SystemHost host_;
  std::unique_ptr<Timer> timer_;
  std::vector<std::unique_ptr<floe_room>> rooms_;
  std::vector<std::unique_ptr<floe_room>> leaving_;
};

}  // namespace floe::c

/// The handle: a name in C for a class.
struct floe_host {
  floe::c::HostObject object;
};
