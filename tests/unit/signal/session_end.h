// One end of a signalled session: an agent, its session, and what comes out of both.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/ice/agent.h"
#include "floe/ice/candidate_grammar.h"
#include "floe/signal/session.h"
#include "test_random.h"

namespace floe::signal::test {

inline constexpr Timestamp kStart{std::chrono::seconds(1000)};

class SessionEnd {
 public:
  explicit SessionEnd(std::uint32_t seed, SessionOptions options = {},
                      const ice::AgentConfig& config = {})
      : random_(seed), agent(config, random_, crypto_), session(std::move(options), agent) {}

  /// Gathers one host candidate for each port and says that these were all.
  void gather(std::initializer_list<std::uint16_t> ports) {
    agent.start_gathering(kStart);
    std::uint16_t preference = 65535;
    for (const std::uint16_t port : ports) {
      agent.add_local_socket(kStart, 1, {IpAddress::v4(192, 0, 2, 1), port}, preference--);
      drain();
    }
    agent.end_of_local_sockets(kStart);
    drain();
  }

  void receive(const Message& message) {
    session.receive(kStart, message, agent);
    drain();
  }
  void restart() {
    session.restart(kStart, agent);
    drain();
  }

  /// Hands the agent's events to the session.
  void drain() {
    while (auto output = agent.poll_output()) {
      if (const auto* event = std::get_if<ice::Event>(&*output)) {
        session.handle_event(*event, agent);
      }
    }
  }

  /// What is to be sent now.
  std::vector<Message> take() {
    std::vector<Message> messages;
    while (auto message = session.poll_message()) messages.push_back(std::move(*message));
    return messages;
  }

  /// A description as the peer would get it, whatever else is to be sent.
  Description take_description() {
    for (const Message& message : take()) {
      if (const auto* description = std::get_if<Description>(&message)) return *description;
    }
    return {};
  }

  std::string ufrag() const { return agent.local_credentials().ufrag; }
  bool is_paired_with(const SessionEnd& other) const {
    return agent.remote_credentials() == other.agent.local_credentials();
  }

 private:
  TestRandom random_;
  MbedtlsCrypto crypto_;

 public:
  ice::Agent agent;
  Session session;
};

/// Carries messages both ways until both ends are quiet; how many there were.
inline int carry(SessionEnd& left, SessionEnd& right) {
  int count = 0;
  for (bool moved = true; moved && count < 1000;) {
    moved = false;
    for (const auto& [from, to] : {std::pair(&left, &right), std::pair(&right, &left)}) {
      for (const Message& message : from->take()) {
        to->receive(message);
        moved = true;
        ++count;
      }
    }
  }
  return count;
}

}  // namespace floe::signal::test
