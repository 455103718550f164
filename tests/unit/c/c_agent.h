// An agent of the C API under test, with what it said copied, since views of it are short-lived.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "floe/floe.h"
#include "floe/sim/seeded_random.h"

namespace floe::testing {

/// An output that may be looked at later: pointers in `raw` are not to be followed.
struct TakenOutput {
  /// The texts of `secure`, and the code of `insecure`, whose text is in `bytes`.
  struct Security {
    std::string fingerprint = {};
    std::string peer_fingerprint = {};
    std::string words = {};
    std::string protocol = {};
    std::string cipher = {};
    std::string code = {};
  };

  floe_output raw;
  std::string bytes;  ///< of transmit, signal and data; the text of an error; the reason of a state
  Security security = {};

  bool is(floe_output_kind kind) const { return raw.kind == kind; }
};

class CAgent {
 public:
  struct Options {
    const char* address = "192.0.2.1:4000";
    floe_role role = FLOE_ROLE_CONTROLLING;
    std::uint64_t seed = 1;
    bool no_trickle = false;
    std::function<void(floe_agent_config& config)> configure = [](auto&) {};
  };

  CAgent() : CAgent(Options{}) {}
  explicit CAgent(const Options& options);
  ~CAgent() { floe_agent_destroy(agent_); }
  CAgent(const CAgent&) = delete;
  CAgent& operator=(const CAgent&) = delete;

  /// A configuration that is enough, with random bytes of `seed`.
  static floe_agent_config configuration(sim::SeededRandom& random);
  static floe_address address(const char* text);

  floe_agent* get() { return agent_; }
  const floe_address& local() const { return local_; }

  // Inputs, at now_us.
  floe_error handle(const floe_input& input) { return floe_agent_handle(agent_, now_us, &input); }
  floe_error handle(floe_input_kind kind);
  floe_error add_socket(const floe_address& address, std::uint16_t component = 1,
                        std::uint16_t preference = 65535);
  floe_error receive_signal(const std::string& text);
  floe_error receive(const std::string& bytes, const floe_address& from);
  floe_error send(const std::string& bytes, std::uint16_t component = 1);
  floe_error close(const char* reason);
  /// Gathers with its one socket and no other.
  void start();

  /// All outputs there are.
  std::vector<TakenOutput> take();
  /// Those of one kind; the others are gone.
  std::vector<TakenOutput> take(floe_output_kind kind);
  floe_counters counters() const;

  std::int64_t now_us = 0;

 private:
  sim::SeededRandom random_;
  floe_agent* agent_ = nullptr;
  floe_address local_{};
};

}  // namespace floe::testing
