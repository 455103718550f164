// What of the gateway's own machine clients may reach: nothing but each other's sockets.
//
// A datagram to an address of this machine never passes the firewall before it, whatever service is
// bound there. So every address of the machine, and every address under which a NAT before it is
// known, is closed on every port. Two clients of one gateway must be able to meet: exactly the
// sockets that clients have bound now are open, of all workers of the gateway.
//
// Several threads may use it.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "address_options.h"
#include "wide_address.h"

namespace floe::gateway {

class OwnMachine {
 public:
  explicit OwnMachine(const AddressOptions& options);

  /// The programs on this machine that clients may reach, from now on. What is kept of answers
  /// counts no more, also if it depends on other rules.
  void set_targets(std::vector<OwnTarget> targets);

  /// The addresses of this machine's interfaces, all of them.
  void set_addresses(const std::vector<IpAddress>& addresses);
  /// An address that the gateway itself listens on; 0.0.0.0 and :: are all of this machine.
  void add_listener(const TransportAddress& address);

  /// A socket of a client, as its peers see it, and where it is bound. Several may claim one
  /// address: it is open until the last of them gives it up.
  void add_socket(const TransportAddress& advertised, const TransportAddress& bound);
  void remove_socket(const TransportAddress& advertised);

  bool is_listener(const WideAddress& ip, std::uint16_t port) const;
  bool has_socket(const WideAddress& ip, std::uint16_t port) const;
  /// Whether a client has some socket at `ip`.
  bool has_sockets_at(const WideAddress& ip) const;
  /// Whether `ip` is an address of this machine whose port no option opens.
  bool owns(const WideAddress& ip, std::uint16_t port) const;
  /// The same for every port.
  bool owns(const WideAddress& ip) const;

  /// Where a datagram to `remote` must be sent to. Behind a 1:1 NAT the gateway cannot reach its
  /// own external addresses: what is for a socket here goes to where that is bound.
  TransportAddress delivered_at(const TransportAddress& remote) const;
  /// Who sent a datagram that came from `remote`, the other way round.
  TransportAddress known_as(const TransportAddress& remote) const;

  /// What clients reach of this machine, a line each.
  std::vector<std::string> to_lines() const;

  /// Grows whenever one of the answers may have changed: an answer counts for the number that was
  /// read before it was asked for.
  std::uint64_t generation() const { return generation_; }

 private:
  using Key = std::pair<WideAddress, std::uint16_t>;
  struct Socket {
    std::size_t owners = 0;
    TransportAddress bound;
  };

  static Key key(const TransportAddress& address) {
    return {WideAddress(address.ip), address.port};
  }

  bool is_here(const WideAddress& ip) const {
    return addresses_.contains(ip) || external_.contains(ip);
  }

  mutable std::mutex mutex_;  // of all below
  std::vector<OwnTarget> targets_;
  std::set<WideAddress> external_;
  std::set<WideAddress> addresses_;  // but loopback, which has a rule of its own
  std::set<Key> listeners_;
  std::map<Key, Socket> sockets_;               // by the address that peers see
  std::map<Key, TransportAddress> translated_;  // by the bound one, where it is another
  std::atomic<bool> translates_ = false;        // whether there are any
  std::atomic<std::uint64_t> generation_ = 1;
};

}  // namespace floe::gateway
