// The UDP sockets of a simulated host. This class chooses their ports, sends their datagrams and
// gives them what arrives.
#pragma once

#include <memory>
#include <vector>

#include "floe/api/datagram_socket.h"
#include "floe/sim/endpoint_key.h"
#include "floe/sim/flat_map.h"
#include "floe/sim/host_state.h"

namespace floe::sim {

class SimSocket;

class HostSockets final : public DatagramSockets {
 public:
  /// `host` must outlive the object.
  explicit HostSockets(HostState& host) : host_(host) {}

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;

  bool empty() const { return sockets_.empty(); }
  std::uint64_t datagrams_sent() const { return datagrams_sent_; }
  /// A packet has arrived at the host: its socket gets it.
  void deliver(const Attachment& at, PacketId id);
  /// The sockets whose address the host has lost fail.
  void fail_homeless();

  // For the sockets themselves ----------------------------------------------------------------

  void add(SimSocket& socket);
  void remove(SimSocket& socket);
  /// Gives its port back.
  void unbind(const TransportAddress& local) { by_local_.erase(EndpointKey::of(local)); }
  SendStatus send(const TransportAddress& from, const TransportAddress& to, Bytes payload);

 private:
  std::uint16_t choose_port(const BindRequest& request);
  SimSocket* find(const TransportAddress& local);
  void give_zone(Datagram& datagram, const Attachment& at);

  HostState& host_;
  std::vector<SimSocket*> sockets_;            // in the order in which they were opened
  FlatMap<EndpointKey, SimSocket*> by_local_;  // only sockets that have a port
  std::uint64_t datagrams_sent_ = 0;
};

}  // namespace floe::sim
