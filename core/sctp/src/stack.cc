#include "stack.h"

#include "usrsctp_header.h"

namespace floe::sctp {

namespace {

/// Its address is another one on each thread.
thread_local char this_thread;

struct Stack {
  bool is_up = false;
  std::size_t holders = 0;
  const char* owner = nullptr;
  Timestamp now{};
  Timestamp timers_ran{};
  RandomSource* random = nullptr;
};

Stack& stack() {
  static Stack the_only_one;
  return the_only_one;
}

int send_packet(void* sink, void* bytes, std::size_t size, std::uint8_t, std::uint8_t) {
  static_cast<PacketSink*>(sink)->take_packet({static_cast<const std::uint8_t*>(bytes), size});
  return 0;
}

// What of RFC 9260 and its extensions data channels use (RFC 8831, section 6.1), and no more.
void configure() {
  usrsctp_sysctl_set_sctp_asconf_enable(0);
  usrsctp_sysctl_set_sctp_auth_enable(0);
  usrsctp_sysctl_set_sctp_ecn_enable(0);
  usrsctp_sysctl_set_sctp_nrsack_enable(0);
  usrsctp_sysctl_set_sctp_pktdrop_enable(0);
  usrsctp_sysctl_set_sctp_pr_enable(1);
  usrsctp_sysctl_set_sctp_reconfig_enable(1);
  // Deviation: RFC 9260, section 16, suggests an RTO.Min of a second. It is 200 ms here, since a
  // second is 50 round trips of a path of 20 ms.
  usrsctp_sysctl_set_sctp_rto_min_default(200);
  usrsctp_sysctl_set_sctp_rto_max_default(10'000);
  // RFC 9260, section 6.2, allows 200 ms at most before what came is acknowledged.
  usrsctp_sysctl_set_sctp_delayed_sack_time_default(20);
  usrsctp_sysctl_set_sctp_initial_cwnd(10);
  usrsctp_sysctl_set_sctp_max_chunks_on_queue(10 * 1024);
}

}  // namespace

bool hold_stack(Timestamp now, RandomSource& random) {
  Stack& it = stack();
  if (it.holders == 0) {
    it.owner = &this_thread;
    it.now = it.timers_ran = now;
    it.random = &random;
    if (!it.is_up) {
      usrsctp_init_nothreads(0, send_packet, nullptr);
      // Each packet is checked once, by the test whether it is one.
      usrsctp_enable_crc32c_offload();
      configure();
      it.is_up = true;
    }
  }
  if (it.owner != &this_thread) return false;
  ++it.holders;
  return true;
}

void release_stack() {
  Stack& it = stack();
  // It stays up while timers of sockets that were closed are left.
  if (--it.holders == 0) it.is_up = usrsctp_finish() != 0;
}

void enter_stack(Timestamp now, RandomSource& random) {
  Stack& it = stack();
  it.random = &random;
  if (now > it.now) it.now = now;
  using std::chrono::milliseconds;
  const auto elapsed = std::chrono::floor<milliseconds>(it.now - it.timers_ran);
  if (elapsed <= milliseconds(0)) return;
  it.timers_ran += elapsed;
  usrsctp_handle_timers(static_cast<std::uint32_t>(elapsed.count()));
}

}  // namespace floe::sctp

// The functions that usrsctp is built to call (cmake/setup/usrsctp.sh). A library that is built
// otherwise uses the system's, and nothing but the repeatability of a run is lost.
extern "C" {

int floe_sctp_clock(timeval* to, void*);
int floe_sctp_random(std::uint8_t* to, std::size_t size);

int floe_sctp_clock(timeval* to, void*) {
  const auto now = floe::sctp::stack().now.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  to->tv_sec = static_cast<decltype(to->tv_sec)>(seconds.count());
  to->tv_usec = static_cast<decltype(to->tv_usec)>((now - seconds).count());
  return 0;
}

int floe_sctp_random(std::uint8_t* to, std::size_t size) {
  floe::sctp::stack().random->fill({to, size});
  return 1;
}
}
