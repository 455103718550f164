// An agent on any host, whose signalling is a function call.
#pragma once

#include "floe/driver/agent_driver.h"

namespace floe::bench {

class Endpoint;

class EndpointListener {
 public:
  /// Once: the agent has selected a pair.
  virtual void on_connected(Endpoint&) {}
  virtual void on_data(Endpoint&, Bytes) {}

 protected:
  ~EndpointListener() = default;
};

/// Adds next to nothing to the driver it owns, since its memory and time are measured with it.
class Endpoint final : private AgentListener {
 public:
  Endpoint(const Host& host, const ice::AgentConfig& config, EndpointListener& listener)
      : listener_(listener), driver_(host, config, *this) {}

  void gather() { driver_.gather({}); }
  bool is_gathered() const;
  bool is_connected() const;

  /// Tells `other` the description, all candidates and that there are no more: what one message
  /// without trickling says. It must be gathered.
  void describe_to(Endpoint& other) const;
  bool send(Bytes payload) { return static_cast<bool>(driver_.send(1, payload)); }

  const ice::Agent& agent() const { return driver_.agent(); }

 private:
  void on_agent_event(const ice::Event& event) override;

  EndpointListener& listener_;
  AgentDriver driver_;
  bool was_connected_ = false;
};

}  // namespace floe::bench
