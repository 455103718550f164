// A server of TURN with a host that only writes down what it is asked for, and users.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"
#include "floe/stun/long_term_authenticator.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn_server/server.h"

namespace floe::testing {

inline TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

struct ToClient {
  turn::ClientPath path;
  ByteVector bytes;
};

struct ToPeer {
  turn::RelayId relay;
  TransportAddress peer;
  ByteVector bytes;
};

class WrittenHost final : public turn::ServerHost {
 public:
  void send_to_client(const turn::ClientPath& path, Bytes message) override {
    to_clients.push_back({path, {message.begin(), message.end()}});
  }
  void send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) override {
    to_peers.push_back({relay, peer, {payload.begin(), payload.end()}});
  }
  void open_relay(turn::RelayId relay, const TransportAddress& local) override {
    opening.push_back(relay);
    open[relay] = local;
    ++opened;
  }
  void close_relay(turn::RelayId relay) override {
    std::erase(opening, relay);
    open.erase(relay);
  }

  std::vector<ToClient> to_clients;
  std::vector<ToPeer> to_peers;
  std::vector<turn::RelayId> opening;
  std::map<turn::RelayId, TransportAddress> open;
  std::size_t opened = 0;
};

class NamedUsers final : public stun::Accounts {
 public:
  std::optional<std::string> password_of(std::string_view username) const override {
    const auto found = users.find(username);
    if (found == users.end()) return std::nullopt;
    return found->second;
  }
  std::map<std::string, std::string, std::less<>> users{{"alice", "secret"}, {"bob", "hidden"}};
};

/// Denies what a test names, and counts how often it was asked.
class ListedPolicy final : public turn::PeerPolicy {
 public:
  bool admits(const IpAddress& ip) const override {
    ++asked;
    return !denied.contains(ip);
  }
  bool allows(const TransportAddress& peer) const override {
    ++asked;
    return !denied.contains(peer.ip) && !denied_ports.contains(peer.port);
  }
  std::set<IpAddress> denied;
  std::set<std::uint16_t> denied_ports;
  mutable int asked = 0;
};

inline turn::ServerConfig open_config() {
  turn::ServerConfig config;
  config.relays = {{IpAddress::v4(10, 0, 0, 1), IpAddress::v4(198, 51, 100, 1)},
                   {*IpAddress::parse("2001:db8::1"), *IpAddress::parse("2001:db8::1")}};
  config.binding_rate = {1000, 1000};
  config.refusal_rate = {1000, 1000};
  return config;
}

struct TurnWorld {
  explicit TurnWorld(turn::ServerConfig config = open_config());

  /// The host opens all it was asked for.
  void open_relays();
  void fail_relays(turn::RelayFailure failure);
  /// Lets time pass, with the deadlines in it.
  void pass(Duration time);
  /// A datagram of `peer` to what clients know as `relayed`.
  void peer_sends(const TransportAddress& peer, const TransportAddress& relayed,
                  std::string_view text);
  /// ICMP's answer to a datagram from `relayed` to `peer`.
  void peer_is_unreachable(const TransportAddress& peer, const TransportAddress& relayed,
                           const turn::Icmp& error);

  Timestamp now{std::chrono::hours(1)};
  MbedtlsCrypto crypto;
  sim::SeededRandom random{7};
  NamedUsers accounts;
  stun::LongTermAuthenticator door{
      crypto, accounts, {.realm = "example.org"}, as_bytes("0123456789abcdef")};
  ListedPolicy policy;
  WrittenHost host;
  turn::Server server;

 private:
  /// There must be one.
  turn::RelayId relay_at(const TransportAddress& relayed) const;
};

}  // namespace floe::testing
