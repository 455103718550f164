// A UDP socket for multicast DNS on one interface and in one address family.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::native {

class MulticastSocket;

class MulticastListener {
 public:
  /// The bytes live for the duration of the call, and the socket must live as long.
  virtual void on_multicast(MulticastSocket& socket, const TransportAddress& from, Bytes bytes) = 0;

 protected:
  ~MulticastListener() = default;
};

/// One end of this machine in a local network.
struct InterfaceEnd {
  IpAddress address;
  unsigned index = 0;  ///< the kernel's number of the interface

  bool operator==(const InterfaceEnd&) const = default;
};

enum class MulticastPurpose : std::uint8_t {
  /// RFC 6762, section 5.1: a socket on any port, which asks the group and hears direct answers.
  ask,
  /// A member of the group at the port 5353, which it shares with the system's own service. It is
  /// bound to the group's address: datagrams to this machine alone stay with that service.
  take_part,
};

/// It reads kDatagramsPerPassMax datagrams in a pass of the loop. Longer ones than a message of
/// multicast DNS are thrown away.
class MulticastSocket final : private WatchListener {
 public:
  static constexpr int kDatagramsPerPassMax = 16;

  /// `loop` and `listener` must outlive the socket.
  MulticastSocket(Loop& loop, const InterfaceEnd& end, MulticastPurpose purpose,
                  MulticastListener& listener);

  /// False: the kernel gave none; error() says why.
  bool is_open() const { return fd_.is_open(); }
  int error() const { return error_; }  ///< an errno

  /// Errors are ignored: multicast DNS repeats what matters.
  void send_to_group(Bytes bytes);
  void send(const TransportAddress& to, Bytes bytes);

 private:
  void on_ready(Readiness readiness) override;
  bool open(MulticastPurpose purpose);

  InterfaceEnd end_;
  TransportAddress group_;
  MulticastListener& listener_;
  UniqueFd fd_;
  int error_ = 0;
  std::optional<Watch> watch_;
};

}  // namespace floe::native
