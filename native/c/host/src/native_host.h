// The object behind the handle of a host in the C API: a SystemHost and the rooms joined with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "callback_log.h"
#include "calls.h"
#include "floe/api/timer.h"
#include "floe/floe_native.h"
#include "floe/native/system_host.h"
#include "native_room.h"

namespace floe::c {

class HostObject : private TimerListener {
 public:
  /// Without `log`, lines go to standard error.
  HostObject(const native::SystemHostOptions& options, floe_log log, void* log_user);
  HostObject(const HostObject&) = delete;
  HostObject& operator=(const HostObject&) = delete;

  bool is_open() const { return host_.is_open(); }
  native::Loop& loop() { return host_.loop(); }
  LogSink& log_sink() { return host_.api().log; }
  RandomSource& random() { return host_.api().random; }
  Calls& calls() { return calls_; }
  /// Deletes the handle.
  void destroy();

  /// Of `config`, only the callbacks are used. Null: no room can be joined by that URL; `problem`
  /// says why.
  floe_room* join(const floe_room_config& config, RoomOptions options, std::string& problem);
  /// The object is destroyed later: its last messages need time, and one of its callbacks may be
  /// running. The handle stays.
  void leave(floe_room& room);
  /// Leaves, and deletes the handle.
  void release(floe_room& room);

 protected:
  ~HostObject();

 private:
  static constexpr Duration kFarewell = std::chrono::seconds(1);

  void handle_timeout(Timestamp now) override;
  void remove(const floe_room& room);

  Calls calls_;
  CallbackLog log_;
  native::SystemHost host_;
  std::unique_ptr<Timer> timer_;
  std::vector<std::unique_ptr<floe_room>> rooms_;
  std::vector<std::unique_ptr<RoomObject>> leaving_;
};

/// A function of the API that may call the program back.
using HostCall = Calls::Function<HostObject>;

}  // namespace floe::c

/// The handle: a name in C for a class.
struct floe_host final : floe::c::HostObject {
  using HostObject::HostObject;
};
