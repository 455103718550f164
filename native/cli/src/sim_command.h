// `floe sim`: lets two agents meet behind networks of chosen kinds, in memory and in virtual time,
// and draws what happens.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim_checks.h"
#include "sim_options.h"

namespace floe::cli {

class SimCommand {
 public:
  explicit SimCommand(const SimOptions& options);

  /// The exit status: 0 when data went both ways, and both are connected at the end.
  int run();

 private:
  struct Ping {
    std::string text;
    Timestamp at;
  };

  void watch(SimSide side);
  void hear(SimSide side, const ice::Event& event);
  void hear_data(SimSide side, Bytes datagram);
  void note(SimSide side, std::string_view kind, std::string text);
  void send(SimSide side, std::string_view verb, std::string_view text);

  bool meet();
  bool exchange();
  void go_on();

  Connection& end(SimSide side) { return side == SimSide::left ? left_ : right_; }
  const Connection& end(SimSide side) const { return side == SimSide::left ? left_ : right_; }
  bool is_connected() const { return left_.is_connected() && right_.is_connected(); }
  Duration elapsed() const { return net_.world().now() - sim::kBeginning; }
  std::vector<SimEvent> all_events() const;
  std::string pair_text() const;
  std::string why_not() const;
  void report(bool works) const;
  void report_json(bool works) const;

  SimOptions options_;
  sim::TwoHosts net_;
  Connection left_;
  Connection right_;
  SimChecks checks_;
  std::vector<SimEvent> events_;
  std::optional<Duration> connected_at_;
  std::vector<Ping> pings_;
  std::optional<Duration> round_trip_;
};

}  // namespace floe::cli
