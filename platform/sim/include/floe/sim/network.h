// A segment of a simulated network: each node that is attached to it reaches the others directly,
// and nodes elsewhere by way of boxes.
//
// It routes as a router does: first to a node here that has the address, else by the longest
// prefix. When that prefix is the segment's own, the packet goes nowhere. Link-local addresses are
// never routed.
#pragma once

#include <string>
#include <vector>

#include "floe/sim/flat_map.h"
#include "floe/sim/link.h"
#include "floe/sim/packet.h"
#include "floe/sim/prefix.h"

namespace floe::sim {

class Network;

/// What can be attached to networks: hosts and boxes.
class Node {
 public:
  /// The node owns the packet now: it passes it on or ends it.
  virtual void arrive(Attachment& at, PacketId packet) = 0;
  /// Whether streams end here.
  virtual bool is_host() const { return false; }
  /// Where a stream that came in at `at` goes on; nullptr: it may not pass. A NAT changes `source`.
  virtual Attachment* pass_stream(Attachment&, TransportAddress&, const TransportAddress&) {
    return nullptr;
  }

 protected:
  ~Node() = default;
};

/// Where a node is plugged in.
class Attachment {
 public:
  /// All references must outlive the attachment. `number` is the world's number for it.
  Attachment(Node& node, Network& network, const Link& link, std::uint32_t number)
      : node_(node), network_(network), link_(link), number_(number) {}
  Attachment(const Attachment&) = delete;
  Attachment& operator=(const Attachment&) = delete;

  Node& node() { return node_; }
  Network& network() { return network_; }
  Link& link() { return link_; }
  std::uint32_t number() const { return number_; }

 private:
  Node& node_;
  Network& network_;
  Link link_;
  std::uint32_t number_;
};

class Network {
 public:
  Network(std::string name, std::vector<Prefix> prefixes)
      : name_(std::move(name)), prefixes_(std::move(prefixes)) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  const std::string& name() const { return name_; }
  const std::vector<Prefix>& prefixes() const { return prefixes_; }

  /// The address must be free.
  void add_address(const IpAddress& ip, Attachment& attachment);
  void remove_address(const IpAddress& ip) { addresses_.erase(AddressKey::of(ip)); }
  /// Packets to `prefix` that are not for this segment go to the box at `gateway`.
  void add_route(const Prefix& prefix, Attachment& gateway);

  /// No way leads out of it.
  bool is_island() const { return !prefixes_.empty() && routes_.empty(); }
  /// Where a packet to `ip` goes next; nullptr: nowhere.
  Attachment* next_hop(const IpAddress& ip) const;

 private:
  struct Route {
    Prefix prefix;
    Attachment* gateway;
  };

  std::string name_;
  std::vector<Prefix> prefixes_;
  FlatMap<AddressKey, Attachment*> addresses_;
  std::vector<Route> routes_;  // the longest prefix first; of equal ones the first added
};

}  // namespace floe::sim
