// What a driver told, and a way to act on it from inside.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "floe/driver/agent_driver.h"

namespace floe::testing {

class RecordingListener final : public AgentListener {
 public:
  struct Failure {
    std::string url;
    bool has_base;
    std::uint16_t code;
    std::string text;
  };

  void on_agent_event(const ice::Event& event) override {
    if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
      found_.push_back(found->candidate);
    }
    if (const auto* removed = std::get_if<ice::LocalCandidateRemoved>(&event)) {
      removed_.push_back(removed->candidate);
    }
    if (const auto* state = std::get_if<ice::StateChanged>(&event)) states_.push_back(state->state);
    if (on_event) on_event(event);
  }
  void on_gathering_error(const GatheringError& error) override {
    failures_.push_back(
        {std::string(error.url), error.base.has_value(), error.code, std::string(error.text)});
    if (on_failure) on_failure();
  }

  const std::vector<ice::Candidate>& found() const { return found_; }
  const std::vector<ice::Candidate>& removed() const { return removed_; }
  const std::vector<ice::State>& states() const { return states_; }
  const std::vector<Failure>& failures() const { return failures_; }

  std::function<void(const ice::Event&)> on_event;
  std::function<void()> on_failure;

 private:
  std::vector<ice::Candidate> found_;
  std::vector<ice::Candidate> removed_;
  std::vector<ice::State> states_;
  std::vector<Failure> failures_;
};

}  // namespace floe::testing
