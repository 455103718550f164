// Pumps one agent over the sockets and timers of a host.
//
// The agent says what to send and when to wake; the driver opens sockets on the host's addresses,
// hands datagrams in, sends datagrams out and keeps one timer. It has no policy of its own, and it
// is the same on a device, in a page and in a simulation.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "floe/api/host.h"
#include "floe/driver/gather_options.h"
#include "floe/ice/agent.h"

namespace floe {

class AgentListener {
 public:
  /// Inside, any function of the driver may be called, but it must not be destroyed. Views in the
  /// event live for the duration of the call.
  virtual void on_agent_event(const ice::Event& event) = 0;

 protected:
  ~AgentListener() = default;
};

class AgentDriver final : private TimerListener, private NetworkListener {
 public:
  /// What is passed by reference must outlive the driver.
  AgentDriver(const Host& host, const ice::AgentConfig& config, AgentListener& listener,
              ice::SharedPacer* shared_pacer = nullptr);
  ~AgentDriver();
  AgentDriver(const AgentDriver&) = delete;
  AgentDriver& operator=(const AgentDriver&) = delete;

  /// Opens one socket for each address and component. Once; later calls do nothing.
  void gather(const GatherOptions& options);

  /// One or more inputs to the agent, after which its outputs are carried out. The only way to
  /// change the agent, so that none of its outputs is ever left lying.
  template <class Input>
  auto input(Input&& call) {
    const PumpOnExit pump(*this);
    return call(agent_, host_.clock.now());
  }

  /// False: no path works yet, or `payload` is longer than kMaxDatagramSize.
  bool send(ice::Component component, Bytes payload);

  /// Closes the agent and its sockets. Events that this causes are delivered before it returns.
  void close();

  const ice::Agent& agent() const { return agent_; }

 private:
  class LocalSocket;
  struct PumpOnExit {
    explicit PumpOnExit(AgentDriver& owner) : driver(owner) { ++driver.depth_; }
    ~PumpOnExit() {
      if (--driver.depth_ == 0) driver.pump();
    }
    AgentDriver& driver;
  };

  void on_timer(Timestamp now) override;
  void on_network_changed() override;
  void open_sockets();
  void open_socket(ice::Component component, const IpAddress& ip, std::uint16_t local_preference);
  void on_socket_settled();
  void pump();
  void transmit(const ice::Transmit& transmit);
  LocalSocket* find_socket(const SocketAddress& local);

  Host host_;
  ice::Component components_;
  AgentListener& listener_;
  ice::Agent agent_;
  std::unique_ptr<Timer> timer_;
  Timestamp armed_for_ = kNever;
  std::optional<GatherOptions> options_;
  bool sockets_opened_ = false;
  bool pumping_ = false;
  int depth_ = 0;
  std::size_t sockets_pending_ = 0;
  std::vector<std::unique_ptr<LocalSocket>> sockets_;
};

}  // namespace floe
