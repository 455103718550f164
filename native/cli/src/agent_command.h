// `floe agent`: the agent as a command, so that any other implementation can be tested against it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "agent_channels.h"
#include "agent_options.h"
#include "event_lines.h"
#include "floe/driver/room.h"
#include "floe/native/gateway_host.h"
#include "floe/native/signal_watch.h"
#include "floe/native/system_host.h"
#include "floe/sdp/offer_answer.h"
#include "floe/sim/seeded_random.h"
#include "line_reader.h"
#include "order.h"
#include "sdp_blocks.h"

namespace floe::cli {

class AgentCommand final : private LineListener, private native::SignalListener {
 public:
  explicit AgentCommand(const AgentOptions& options);

  /// Runs until the agent is closed. Returns the exit status.
  int run();

 private:
  void on_line(std::string_view line) override;
  void on_long_line() override;
  void on_end_of_input() override;
  void on_signal(int signal) override;

  /// False, after an error: --certificate or --key cannot be used.
  bool read_certificate();
  /// The signalling goes over standard input and output, as messages or as SDP.
  void start_over_stdio();
  void start_in_room();
  void tell_peer(const signal::Message& message);
  /// Prints, at the end of this pass of the loop, what the agent has to tell by SDP.
  void schedule_sdp();
  void hear_sdp(std::string_view text);
  /// From now on, events and orders are about this agent.
  void attach(Connection& connection);
  void on_event(const ice::Event& event);
  void report(const peer::SecurityFailed& failed);
  void report(const ice::StateChanged& changed);
  void report(const ice::GatheringChanged& changed);
  void report(const ice::LocalCandidateFound&) {}    // is a message
  void report(const ice::LocalCandidateRemoved&) {}  // is a message
  void report(const ice::GatheringFailed&) {}        // comes as on_candidate_error()
  void report(const ice::LateSocketAdded&) {}        // a restart follows
  void report(const ice::SelectedPairChanged& changed);
  void report(const ice::DataReceived& received);
  void report(const ice::RoleChanged&) {}  // is in the statistics
  void carry_out(const Order& order);
  void send(const SendOrder& order);
  void close(std::string_view reason);
  void report_not_connected();

  Host host_view();

  AgentOptions options_;
  native::SystemHost system_;
  std::optional<native::GatewayHost> gateway_;
  std::optional<sim::SeededRandom> seeded_random_;
  Host host_;
  EventLines out_;
  std::unique_ptr<Connection> own_connection_;  // over standard input and output
  std::optional<sdp::OfferAnswer> sdp_;         // its signalling, if it is not in JSON
  SdpBlocks sdp_blocks_;
  bool sdp_is_scheduled_ = false;
  std::unique_ptr<Room> room_;  // over a server
  Connection* connection_ = nullptr;
  std::unique_ptr<AgentChannels> channels_;  // null: no connection, or plaintext
  std::optional<LineReader> input_;
  std::optional<native::SignalWatch> signals_;
  std::uint64_t unknown_orders_ = 0;
  bool closed_ = false;
  int exit_status_ = 0;
};

}  // namespace floe::cli
