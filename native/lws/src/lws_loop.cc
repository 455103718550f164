#include "lws_loop.h"

#include <poll.h>

#include <algorithm>
#include <chrono>

namespace floe::native {
namespace {

// The wait when libwebsockets has no timer; its interface has no value for "no limit".
constexpr int kIdleMs = 60'000;

short to_poll_events(Readiness readiness) {
  int events = 0;
  if (readiness.readable) events |= POLLIN;
  if (readiness.writable) events |= POLLOUT;
  // libwebsockets reads only POLLHUP, so an error alone would be reported again and again.
  if (readiness.hung_up || (readiness.error && events == 0)) events |= POLLHUP;
  return static_cast<short>(events);
}

}  // namespace

class LwsLoop::Descriptor final : private WatchListener {
 public:
  Descriptor(LwsLoop& owner, int fd) : owner_(owner), fd_(fd), watch_(owner.loop_, fd, *this) {
    watch_.set_interest(true, false);
  }

  void change(unsigned flags) {
    const bool start = (flags & LWS_EV_START) != 0;
    const bool read = (flags & LWS_EV_READ) != 0 ? start : watch_.wants_read();
    const bool write = (flags & LWS_EV_WRITE) != 0 ? start : watch_.wants_write();
    watch_.set_interest(read, write);
  }

 private:
  void on_ready(Readiness readiness) override {
    const int wanted = (watch_.wants_read() ? POLLIN : 0) | (watch_.wants_write() ? POLLOUT : 0);
    // The service call may destroy this object.
    owner_.service({fd_, static_cast<short>(wanted), to_poll_events(readiness)});
  }

  LwsLoop& owner_;
  int fd_;
  Watch watch_;
};

/// The functions that libwebsockets calls, in the form it wants.
struct LwsLoop::Operations {
  static LwsLoop& loop_of(lws* wsi) {
    return **static_cast<LwsLoop**>(lws_evlib_wsi_to_evlib_pt(wsi));
  }
  static int init_pt(lws_context* context, void* loop, int thread) {
    *static_cast<LwsLoop**>(lws_evlib_tsi_to_evlib_pt(context, thread)) =
        static_cast<LwsLoop*>(loop);
    return 0;
  }
  static int sock_accept(lws* wsi) {
    loop_of(wsi).add(lws_get_socket_fd(wsi));
    return 0;
  }
  static void io(lws* wsi, unsigned flags) { loop_of(wsi).change(lws_get_socket_fd(wsi), flags); }
  static int wsi_logical_close(lws* wsi) {
    loop_of(wsi).remove(lws_get_socket_fd(wsi));
    return 0;
  }
  static const lws_plugin_evlib_t* plugin() {
    static const lws_event_loop_ops operations = [] {
      lws_event_loop_ops ops{};
      ops.name = "floe";
      ops.init_pt = init_pt;
      ops.init_vhost_listen_wsi = sock_accept;
      ops.sock_accept = sock_accept;
      ops.io = io;
      ops.wsi_logical_close = wsi_logical_close;
      ops.evlib_size_pt = sizeof(LwsLoop*);
      return ops;
    }();
    static const lws_plugin_evlib_t description = {
        {"floe", "lws_evlib_plugin", LWS_BUILD_HASH, LWS_PLUGIN_API_MAGIC}, &operations};
    return &description;
  }
};

LwsLoop::LwsLoop(Loop& loop)
    : loop_(loop),
      foreign_loops_{this},
      timer_(loop.create(*this)),
      refresh_(loop, Deferred::When::end_of_pass, *this) {}

LwsLoop::~LwsLoop() = default;

void LwsLoop::describe(lws_context_creation_info& info) {
  info.event_lib_custom = Operations::plugin();
  info.foreign_loops = foreign_loops_;
}

void LwsLoop::detach() {
  context_ = nullptr;
  refresh_.cancel();
  timer_->arm(kNever);
}

void LwsLoop::add(int fd) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= descriptors_.size()) descriptors_.resize(index + 1);
  // libwebsockets may have closed a descriptor of the same number without a call.
  descriptors_[index].reset();
  descriptors_[index] = std::make_unique<Descriptor>(*this, fd);
}

void LwsLoop::remove(int fd) {
  if (fd >= 0 && static_cast<std::size_t>(fd) < descriptors_.size()) {
    descriptors_[static_cast<std::size_t>(fd)].reset();
  }
}

void LwsLoop::change(int fd, unsigned flags) {
  // libwebsockets stops both only when it gives the descriptor up, and it may then close it at
  // once.
  if (flags == (LWS_EV_STOP | LWS_EV_READ | LWS_EV_WRITE)) {
    remove(fd);
  } else if (fd >= 0 && static_cast<std::size_t>(fd) < descriptors_.size() &&
             descriptors_[static_cast<std::size_t>(fd)]) {
    descriptors_[static_cast<std::size_t>(fd)]->change(flags);
  }
}

void LwsLoop::service(lws_pollfd event) {
  if (context_ == nullptr) return;
  lws_service_fd(context_, &event);
  touch();
}

void LwsLoop::handle_timeout(Timestamp) {
  touch();
}

// lws_service_adjust_timeout() runs the timers that are due and returns the time to the next one.
// Zero also means that data which it has already read must be handled, which takes another service
// call.
void LwsLoop::on_deferred() {
  if (context_ == nullptr) return;
  int wait_ms = lws_service_adjust_timeout(context_, kIdleMs, 0);
  if (wait_ms == 0) {
    lws_service_tsi(context_, -1, 0);
    wait_ms = lws_service_adjust_timeout(context_, kIdleMs, 0);
  }
  // A second zero may be a timer that is due within this millisecond: it can wait for the next
  // pass.
  timer_->arm(loop_.now() + std::chrono::milliseconds(std::max(wait_ms, 1)));
}

}  // namespace floe::native
