// Pairs of agents in one process and one loop, over 127.0.0.1.
#pragma once

#include <deque>
#include <memory>

#include "endpoint.h"
#include "floe/native/system_host.h"
#include "measure/program.h"

namespace floe::bench {

ice::AgentConfig config_of(ice::Role role, const ice::PacerConfig& pacing);
/// layers=0 to 2 of a command line.
Layers layers_of(const Options& options);
/// A host that knows 127.0.0.1 alone.
native::SystemHostOptions host_options(const native::UdpOptions& udp);

struct NativePairsOptions {
  ice::PacerConfig pacing;
  native::UdpOptions udp;
  Layers layers = Layers::bare;
};

struct NativePair {
  NativePair(const Host& host, const NativePairsOptions& options, EndpointListener& listener);
  bool is_connected() const { return left.is_connected() && right.is_connected(); }

  Endpoint left;  // controlling
  Endpoint right;
};

/// Each step waits until all have taken it, and throws when that takes longer than it ever should.
class NativePairs final : private EndpointListener {
 public:
  explicit NativePairs(const NativePairsOptions& options = {});

  /// Makes `count` more, whose candidates are then known.
  void gather(std::size_t count);
  /// Connects the last `count` of them.
  void connect(std::size_t count);
  /// All in turn, evenly over `span`: their consent checks then do not come in waves.
  void connect_over(Duration span);
  void clear() { pairs_.clear(), connected_ = 0; }

  /// Lets time pass.
  void run_for(Duration span);
  /// Lets pass what it takes until `done`.
  template <class Predicate>
  void run_until(Predicate done) {
    const Timestamp end = host_.loop().now() + kPatience;
    while (!done()) {
      host_.loop().run_once(kPatience);
      if (host_.loop().now() > end) throw_too_long();
    }
  }

  NativePair& pair(std::size_t index) { return pairs_[index]; }
  native::SystemHost& host() { return host_; }
  /// Hears of data; null: nobody.
  EndpointListener* data_listener = nullptr;

 private:
  static constexpr Duration kPatience = 30s;

  [[noreturn]] static void throw_too_long();
  void on_connected(Endpoint&) override { ++connected_; }
  void on_data(Endpoint& endpoint, Bytes payload) override {
    if (data_listener != nullptr) data_listener->on_data(endpoint, payload);
  }

  NativePairsOptions options_;
  native::SystemHost host_;
  std::deque<NativePair> pairs_;
  std::size_t connected_ = 0;  // agents
};

}  // namespace floe::bench
