// A host with two sockets, a NAT of any kind, and a STUN server, in virtual time.
//
// What the NAT maps and whom it lets in are RFC 4787's behaviours, so that a test can have every
// combination of them, those that nobody sells included.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>

#include "floe/nat/behavior_discovery.h"
#include "floe/sim/seeded_random.h"
#include "floe/stun/binding_server.h"

namespace floe::testing {

struct NatKind {
  nat::Mapping mapping = nat::Mapping::endpoint_independent;
  nat::Filtering filtering = nat::Filtering::endpoint_independent;
  bool hairpins = false;
};

class SimulatedNat {
 public:
  explicit SimulatedNat(const NatKind& kind) : kind_(kind) {}

  /// The address that a datagram from `inside` to `to` leaves with.
  TransportAddress send(const TransportAddress& inside, const TransportAddress& to) {
    const TransportAddress outside = map(inside, to);
    sent_.insert({outside, to});
    return outside;
  }
  /// Whom a datagram to `outside` reaches; nobody, when it is filtered.
  std::optional<TransportAddress> receive(const TransportAddress& outside,
                                          const TransportAddress& from) const {
    const auto inside = inside_.find(outside);
    if (inside == inside_.end() || !lets_in(outside, from)) return std::nullopt;
    return inside->second;
  }
  bool has(const TransportAddress& address) const { return address.ip == outside_ip(); }
  bool hairpins() const { return kind_.hairpins; }

 private:
  using Key = std::pair<TransportAddress, TransportAddress>;

  static IpAddress outside_ip() { return IpAddress::v4(203, 0, 113, 7); }

  TransportAddress map(const TransportAddress& inside, const TransportAddress& to) {
    if (kind_.mapping == nat::Mapping::no_nat) {
      inside_[inside] = inside;
      return inside;
    }
    TransportAddress what;  // the part of the destination that the mapping depends on
    if (kind_.mapping != nat::Mapping::endpoint_independent) what.ip = to.ip;
    if (kind_.mapping == nat::Mapping::address_and_port_dependent) what.port = to.port;
    const auto [found, is_new] = outside_.try_emplace(Key{inside, what});
    if (is_new) {
      found->second = {outside_ip(), next_port_++};
      inside_[found->second] = inside;
    }
    return found->second;
  }

  bool lets_in(const TransportAddress& outside, const TransportAddress& from) const {
    for (const auto& [local, remote] : sent_) {
      if (local != outside) continue;
      if (kind_.filtering == nat::Filtering::endpoint_independent) return true;
      if (remote.ip != from.ip) continue;
      if (kind_.filtering == nat::Filtering::address_dependent || remote.port == from.port) {
        return true;
      }
    }
    return false;
  }

  NatKind kind_;
  std::map<Key, TransportAddress> outside_;
  std::map<TransportAddress, TransportAddress> inside_;
  std::set<std::pair<TransportAddress, TransportAddress>> sent_;
  std::uint16_t next_port_ = 61000;
};

/// Runs a discovery to its end. What a test wants otherwise, it changes before.
class DiscoveryWorld {
 public:
  explicit DiscoveryWorld(const NatKind& kind = {}) : nat_(kind) {}

  nat::BehaviorReport run() {
    stun::BindingServer server(server_config);
    server_ = &server;
    nat::DiscoveryConfig config{asked, inside(nat::ProbeSocket::main), true};
    nat::BehaviorDiscovery machine(config, random_);
    machine.start(now_);
    drain(machine);
    while (!machine.finished()) {
      const Timestamp arrival = in_flight_.empty() ? kNever : in_flight_.begin()->first.first;
      now_ = std::min(machine.deadline(), arrival);
      if (now_ == kNever) break;
      if (arrival == now_) {
        deliver(machine, in_flight_.extract(in_flight_.begin()).mapped());
      } else {
        machine.handle_timeout(now_);
      }
      drain(machine);
    }
    return machine.report();
  }

  Duration elapsed() const { return now_ - kStart; }
  int transactions() const { return static_cast<int>(ids_.size()); }

  TransportAddress asked = *TransportAddress::parse("198.51.100.1:3478");
  stun::BindingServerConfig server_config{
      .discovery = stun::DiscoveryAddresses{*TransportAddress::parse("198.51.100.1:3478"),
                                            *TransportAddress::parse("198.51.100.2:3479")}};
  bool blocks_udp = false;
  bool other_address_is_dead = false;
  bool answers_from_where_it_was_asked = false;
  std::uint32_t loses_one_in = 0;  ///< 0: none

 private:
  static constexpr Timestamp kStart{1h};

  struct Flight {
    TransportAddress from;
    TransportAddress to;
    ByteVector bytes;
  };

  static TransportAddress inside(nat::ProbeSocket socket) {
    return {IpAddress::v4(10, 0, 0, 1),
            static_cast<std::uint16_t>(socket == nat::ProbeSocket::main ? 50000 : 50001)};
  }

  void drain(nat::BehaviorDiscovery& machine) {
    while (const auto output = machine.poll_output()) {
      ids_.insert(ByteVector(output->bytes.begin() + 8, output->bytes.begin() + 20));
      const TransportAddress outside = nat_.send(inside(output->socket), output->to);
      if (!blocks_udp) launch({outside, output->to, output->bytes});
    }
  }

  void launch(Flight flight) {
    if (loses_one_in != 0 && random_.below(loses_one_in) == 0) return;
    in_flight_.emplace(std::pair{now_ + 10ms, sequence_++}, std::move(flight));
  }

  void deliver(nat::BehaviorDiscovery& machine, const Flight& flight) {
    if (const auto reached = nat_.receive(flight.to, flight.from)) {
      const bool turns_back = nat_.has(flight.from) && nat_.has(flight.to);
      if (turns_back && !nat_.hairpins()) return;
      const auto socket = *reached == inside(nat::ProbeSocket::main) ? nat::ProbeSocket::main
                                                                     : nat::ProbeSocket::second;
      machine.handle_datagram(now_, socket, flight.from, flight.bytes);
    } else if (flight.to.ip == asked.ip || (is_other(flight.to) && !other_address_is_dead)) {
      serve(flight);
    }
  }

  bool is_other(const TransportAddress& address) const {
    return server_config.discovery && address.ip == server_config.discovery->alternate.ip;
  }

  void serve(const Flight& flight) {
    std::array<std::uint8_t, stun::kAnswerSizeMax> buffer;
    const auto answer = server_->answer(now_, {flight.from, flight.to, flight.bytes}, buffer);
    if (!answer || (is_other(answer->from) && other_address_is_dead)) return;
    const TransportAddress from = answers_from_where_it_was_asked ? flight.to : answer->from;
    launch({from, answer->to, {answer->bytes.begin(), answer->bytes.end()}});
  }

  SimulatedNat nat_;
  sim::SeededRandom random_{7};
  stun::BindingServer* server_ = nullptr;
  Timestamp now_ = kStart;
  std::map<std::pair<Timestamp, int>, Flight> in_flight_;
  int sequence_ = 0;
  std::set<ByteVector> ids_;
};

}  // namespace floe::testing
