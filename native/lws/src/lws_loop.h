// libwebsockets' view of a Loop.
#pragma once

#include <libwebsockets.h>

#include <memory>
#include <vector>

#include "floe/native/loop.h"

namespace floe::native {

/// Gives libwebsockets the event loop operations that it asks of an event library, on a Loop.
///
/// This is a custom event library, and does not use the poll callbacks of libwebsockets: it covers
/// every descriptor, also descriptors without a virtual host, and avoids a pass over all
/// descriptors for each event (the default loop polls them all). libwebsockets keeps its timers in
/// a sorted list. One timer of the Loop stands for the first of them; it is armed again at the end
/// of each pass in which libwebsockets did something.
class LwsLoop final : private TimerListener, private DeferredListener {
 public:
  explicit LwsLoop(Loop& loop);
  ~LwsLoop();

  /// Adds the operations to `info`, before the context is created.
  void describe(lws_context_creation_info& info);
  void attach(lws_context* context) { context_ = context; }
  /// Before the context is destroyed: nothing is serviced any more.
  void detach();

  /// After any call into libwebsockets from outside of it: its timers may have changed.
  void touch() { refresh_.request(); }

 private:
  class Descriptor;
  struct Operations;

  void add(int fd);
  void remove(int fd);
  void change(int fd, unsigned flags);
  void service(lws_pollfd event);
  void handle_timeout(Timestamp now) override;
  void on_deferred() override;

  Loop& loop_;
  lws_context* context_ = nullptr;
  void* foreign_loops_[1];
  std::vector<std::unique_ptr<Descriptor>> descriptors_;  // by number
  std::unique_ptr<Timer> timer_;
  Deferred refresh_;
};

}  // namespace floe::native
