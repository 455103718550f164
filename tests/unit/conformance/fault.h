// The faults that a host can be given.
#pragma once

#include <cstdint>

namespace floe::testing {

enum class Fault : std::uint8_t {
  none,
  clock_goes_back,
  timer_rings_early,
  timer_rings_inside_arm,
  timer_cannot_be_disarmed,
  timer_rings_after_another_destroyed_it,
  addresses_stay_unknown,
  random_bytes_are_zeros,
  digest_is_wrong,
  socket_is_bound_inside_open,
  socket_takes_the_first_port_only,
  datagram_loses_its_last_byte,
  datagram_is_cut_at_2048_bytes,
  datagram_has_another_source,
  datagram_comes_inside_send,
  datagram_comes_after_another_destroyed_the_socket,
  name_is_answered_inside_resolve,
  name_is_never_answered,
  stream_is_closed_inside_connect,
  stream_takes_bytes_early,
};

}  // namespace floe::testing
