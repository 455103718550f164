// Two agents joined in memory: what one sends the other receives after a delay, and what one finds
// is signalled to the other. No hosts and no world: a test says which datagrams are lost.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/ice/agent.h"
#include "floe/sim/seeded_random.h"

namespace floe::testing {

/// Random bytes whose first eight, which become the tie-breaker, are chosen.
class ChosenTieBreaker final : public RandomSource {
 public:
  ChosenTieBreaker(std::optional<std::uint64_t> first, std::uint64_t seed)
      : first_(first), rest_(seed) {}
  void fill(MutableBytes out) override;

 private:
  std::optional<std::uint64_t> first_;
  sim::SeededRandom rest_;
};

struct EndOptions {
  ice::AgentConfig config = {};
  std::vector<TransportAddress> sockets = {};  ///< of the first component, best first
  std::optional<std::uint64_t> tie_breaker = {};
};

class TwoAgents {
 public:
  struct End {
    End(const EndOptions& options, std::uint64_t seed);

    ice::State state() const { return agent.state(); }
    bool is_connected() const;

    ChosenTieBreaker random;
    MbedtlsCrypto crypto;
    ice::Agent agent;
    std::vector<TransportAddress> sockets;
    std::vector<ice::State> states;
    std::vector<std::string> received;
    std::size_t sent = 0;
  };
  struct Passing {
    Timestamp at;
    const End* from;
    TransportAddress source;
    TransportAddress destination;
    ByteVector payload;
  };

  TwoAgents(const EndOptions& left, const EndOptions& right, Timestamp start = Timestamp{1h});

  /// Both open their sockets, and after `signalling_delay` know each other's description and
  /// candidates.
  void start(Duration signalling_delay = 10ms);
  /// Both restart, and signal as in start().
  void restart(Duration signalling_delay = 10ms);
  void run_for(Duration duration);
  bool run_until(const std::function<bool()>& condition, Duration limit);
  bool connect(Duration limit = 20s);
  /// Each end uses the pair that the other does, and one end controls.
  bool agree() const;
  /// After calls of the agents themselves.
  void drain();

  End left;
  End right;
  Timestamp now;
  Duration delay = 10ms;
  /// Whether a datagram is lost; asked for each.
  std::function<bool(const Passing&)> loses = [](const Passing&) { return false; };
  /// Added to the delay of each datagram; empty: nothing.
  std::function<Duration()> jitter = {};

 private:
  struct Signal {
    Timestamp at;
    std::function<void()> deliver;
  };

  void open_sockets(End& end);
  void signal(End& from, End& to, Timestamp at);
  void drain(End& end);
  Timestamp next_event() const;
  void step();

  std::vector<Passing> passing_;
  std::vector<Signal> signals_;
};

}  // namespace floe::testing
