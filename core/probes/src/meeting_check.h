// Whether two agents on this host meet, and how long that takes.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "floe/driver/agent_driver.h"
#include "floe/probes/blocking_host.h"
#include "floe/signal/message.h"

namespace floe::probes {

struct MeetingResult {
  std::string error;  ///< empty: they have met
  std::string pair;   ///< "host 192.0.2.1:1 to host 192.0.2.1:2"
  Duration took{};
};

class MeetingCheck {
 public:
  /// `host` must outlive it.
  MeetingCheck(BlockingHost& host, const GatherOptions& options);

  /// Within 15 seconds.
  MeetingResult run();

 private:
  /// One agent, and the messages that it has for the other.
  class End final : private AgentListener {
   public:
    End(const Host& host, ice::Role role, const GatherOptions& options);
    AgentDriver& driver() { return driver_; }
    bool is_connected() const { return driver_.connection().is_connected(); }
    bool has_failed() const { return driver_.agent().state() == ice::State::failed; }
    void carry_messages_to(End& other);

   private:
    void on_agent_event(const ice::Event&) override {}
    void on_message_ready(const signal::Message& message) override { outbox_.push_back(message); }

    std::deque<signal::Message> outbox_;
    AgentDriver driver_;
  };

  MeetingResult result(Timestamp begun);

  BlockingHost& host_;
  End left_;
  End right_;
};

}  // namespace floe::probes
