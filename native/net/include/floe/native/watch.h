// One file descriptor in a Loop, and the listener that hears when it is ready.
#pragma once

#include <cstdint>

namespace floe::native {

class Loop;
class Poller;

struct Readiness {
  bool readable = false;
  bool writable = false;
  bool hung_up = false;  ///< both directions are gone; there may still be bytes to read
  bool error = false;    ///< a pending error; reading or writing will name it
};

class WatchListener {
 public:
  /// Level-triggered: a descriptor that is still ready is reported again in the next pass.
  virtual void on_ready(Readiness readiness) = 0;

 protected:
  ~WatchListener() = default;
};

/// Reports a descriptor's readiness for as long as it lives.
///
/// It does not own the descriptor: destroy the watch first, then close the descriptor. While the
/// listener wants neither to read nor to write, the descriptor is not in the kernel's set at all,
/// so a peer that hangs up cannot make the loop spin. All changes of interest in a pass together
/// cost at most one epoll_ctl.
class Watch {
 public:
  /// `loop` and `listener` must outlive the watch.
  Watch(Loop& loop, int fd, WatchListener& listener);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  void set_interest(bool read, bool write);
  bool wants_read() const { return read_; }
  bool wants_write() const { return write_; }

 private:
  Poller& poller_;
  std::uint32_t slot_;
  bool read_ = false;
  bool write_ = false;
};

}  // namespace floe::native
