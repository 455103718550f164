// The one usrsctp of this process. It is up while a socket holds it, and belongs to the thread of
// the first holder. Each call that enters it gives it the time and a source of random numbers.
#pragma once

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::sctp {

/// Gets what usrsctp sends. Its address is that of the socket.
class PacketSink {
 public:
  virtual void take_packet(Bytes packet) = 0;

 protected:
  ~PacketSink() = default;
};

/// False on another thread than the first holder's. `random` must live until the last holder has
/// released the stack, or somebody else has entered it.
bool hold_stack(Timestamp now, RandomSource& random);
void release_stack();
/// Before each call of usrsctp, by a holder: the time is now, and timers that are due run.
void enter_stack(Timestamp now, RandomSource& random);

}  // namespace floe::sctp
