// The UDP sockets of this machine.
#pragma once

#include <cstdint>
#include <memory>

#include "floe/api/datagram_socket.h"
#include "floe/api/random.h"
#include "floe/native/loop.h"

namespace floe::native {

struct UdpShared;

struct UdpOptions {
  /// Sends runs of datagrams of one size to one peer with one UDP_SEGMENT call: a third of the CPU.
  /// Turned off at run time where the kernel or the path refuses it.
  bool segmentation = true;
  /// Lets the kernel join what arrives of one size from one peer (UDP_GRO) on sockets that are
  /// busy: in a flood a third of the CPU, and room for twice as many datagrams in the receive
  /// buffer. Each datagram is still given to the listener by itself. Turned off at run time where
  /// the kernel refuses it.
  bool coalescing = true;
  /// SO_RCVBUF. It is bounded, because datagrams that wait long are stale when they are read.
  int receive_buffer_bytes = 256 * 1024;
  /// SO_RCVBUF of a socket in a flood, while it reads; at most kFloodBuffersMax sockets have it. At
  /// millions of datagrams a second it is less than a millisecond. 0: never. The system bounds it
  /// (net.core.rmem_max).
  int flood_buffer_bytes = 2 * 1024 * 1024;
  /// Throws away what waited for more than 250 ms in a socket that was not read: it is stale. Such
  /// a socket keeps small_buffer_bytes only. For a server with many clients.
  bool discard_stale = false;
  int small_buffer_bytes = 32 * 1024;
  /// So many open sockets have receive_buffer_bytes; more have small_buffer_bytes.
  std::size_t full_buffers_max = 1'000'000;
  /// Several sockets of this program, in different threads, may have one address: each peer's
  /// datagrams go to one of them, the same as long as none is opened or closed (SO_REUSEPORT).
  bool share_ports = false;
};

/// Counters over all sockets of one UdpSockets.
struct UdpStatistics {
  std::uint64_t received = 0;        ///< datagrams given to listeners
  std::uint64_t sent = 0;            ///< datagrams the kernel took
  std::uint64_t dropped = 0;         ///< not sent: a queue of the kernel was full
  std::uint64_t failed = 0;          ///< not sent: refused, unreachable, denied, too large
  std::uint64_t truncated = 0;       ///< received longer than any datagram may be, thrown away
  std::uint64_t receive_errors = 0;  ///< ICMP errors and the like, skipped
  std::uint64_t send_calls = 0;      ///< system calls, to see what batching saves
  std::uint64_t receive_calls = 0;
  std::uint64_t segmented = 0;  ///< datagrams sent by UDP_SEGMENT
  std::uint64_t stale = 0;      ///< messages that waited too long, thrown away
  std::uint64_t coalesced = 0;  ///< datagrams that came joined with others by UDP_GRO
};

/// ICMP's answer to a datagram that was sent.
struct IcmpError {
  TransportAddress peer;  ///< where the datagram was to go
  std::uint8_t type = 0;  ///< of ICMP or ICMPv6, by the family of `peer`
  std::uint8_t code = 0;
  std::uint32_t mtu = 0;  ///< of a packet that was too big, in bytes; else 0
};

class IcmpListener {
 public:
  /// The listener must not destroy the socket from inside this call.
  virtual void on_icmp_error(const IcmpError& error) = 0;

 protected:
  ~IcmpListener() = default;
};

/// A DatagramSocket with back-pressure and ICMP, which only a native host can offer.
class UdpSocket : public DatagramSocket {
 public:
  /// Back-pressure: while false the kernel keeps arriving datagrams up to the size of its buffer,
  /// and drops the others. At most one batch that was already read may still be delivered.
  virtual void set_reading(bool reading) = 0;
  /// From now on, and while the socket reads, `listener` hears of ICMP errors. It must outlive the
  /// socket.
  virtual void report_errors_to(IcmpListener& listener) = 0;
  /// The address that it is bound to; port 0 when binding failed.
  virtual const TransportAddress& local() const = 0;
};

/// What opens UdpSockets: those of this machine, or what stands in front of them to count, shape or
/// change the datagrams that pass.
class UdpSocketSource {
 public:
  /// As DatagramSockets::open().
  virtual std::unique_ptr<UdpSocket> open_udp(const BindRequest& request,
                                              DatagramListener& listener) = 0;

 protected:
  ~UdpSocketSource() = default;
};

/// Non-blocking sockets in a Loop that receive and send in batches.
///
/// Receiving: one call takes about 64 datagrams from one socket, once a pass, into buffers that all
/// sockets of the loop share. Sending: the first datagram that a socket sends in a pass goes out at
/// once, with its real SendStatus, and costs as much as sendto(). Further datagrams of the same
/// pass are gathered and leave together when the pass ends, by sendmmsg() and UDP_SEGMENT. A socket
/// that sent several datagrams in its last busy pass also gathers the first one. `sent` then means
/// gathered; UdpStatistics counts datagrams that the kernel refuses later. After a batch that the
/// kernel did not take whole, because a queue was full, each datagram is tried at once until one is
/// taken: SendStatus::dropped then tells the sender to wait. The datagrams to one
/// destination keep their order.
///
/// IPv6 sockets are V6ONLY. Sockets bound to a wildcard learn the true destination of each datagram
/// from the kernel (IP_PKTINFO, RFC 3542). A port range is tried from a random start (RFC 6056), at
/// most kPortTriesMax ports of it.
class UdpSockets final : public DatagramSockets, public UdpSocketSource {
 public:
  static constexpr std::uint32_t kPortTriesMax = 128;
  static constexpr std::size_t kFloodBuffersMax = 16;

  /// `loop` and `random` must outlive this object, and this object must outlive its sockets.
  UdpSockets(Loop& loop, RandomSource& random, const UdpOptions& options = {});
  ~UdpSockets();

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;
  std::unique_ptr<UdpSocket> open_udp(const BindRequest& request,
                                      DatagramListener& listener) override;

  const UdpStatistics& statistics() const;

 private:
  Loop& loop_;
  RandomSource& random_;
  std::unique_ptr<UdpShared> shared_;
};

}  // namespace floe::native
