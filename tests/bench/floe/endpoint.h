// An agent on any host, whose signalling is a function call.
#pragma once

#include <vector>

#include "floe/driver/agent_driver.h"

namespace floe::bench {

/// What a connection is made of, as rows have it.
enum class Layers : std::uint8_t {
  bare,       ///< the agent alone
  signalled,  ///< and its side of the signalling
  encrypted,  ///< and DTLS: what an application has by default
};

class Endpoint;

class EndpointListener {
 public:
  /// Once: data can pass.
  virtual void on_connected(Endpoint&) {}
  virtual void on_data(Endpoint&, Bytes) {}

 protected:
  ~EndpointListener() = default;
};

/// Adds next to nothing to the driver it owns, since its memory and time are measured with it.
class Endpoint final : private AgentListener {
 public:
  Endpoint(const Host& host, const ice::AgentConfig& config, EndpointListener& listener,
           Layers layers = Layers::bare);

  void gather();
  bool is_gathered() const;
  bool is_connected() const;

  /// Tells `other` the description, all candidates and that there are no more: what one message
  /// without trickling says. It must be gathered, and both must have the same layers.
  void describe_to(Endpoint& other);
  bool send(Bytes payload) { return static_cast<bool>(driver_.send(1, payload)); }

  const ice::Agent& agent() const { return driver_.agent(); }

 private:
  void describe_agent_to(Endpoint& other) const;
  void on_agent_event(const ice::Event& event) override;
  void on_message_ready(const signal::Message& message) override;

  EndpointListener& listener_;
  AgentDriver driver_;
  Endpoint* peer_ = nullptr;             // null: it has not been described to
  std::vector<signal::Message> unsent_;  // until then
  bool was_connected_ = false;
};

}  // namespace floe::bench
