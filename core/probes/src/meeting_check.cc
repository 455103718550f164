#include "meeting_check.h"

#include "floe/ice/explanation.h"

namespace floe::probes {
namespace {

constexpr Duration kMeetingPatience = std::chrono::seconds(15);

ice::AgentConfig config_of(ice::Role role) {
  ice::AgentConfig config;
  config.role = role;
  return config;
}

}  // namespace

MeetingCheck::End::End(const Host& host, ice::Role role, const GatherOptions& options)
    : driver_(host, config_of(role), *this) {
  driver_.input([](peer::Connection& connection, Timestamp) {
    connection.negotiate({});
    connection.announce();
  });
  driver_.gather(options);
}

void MeetingCheck::End::carry_messages_to(End& other) {
  while (!outbox_.empty()) {
    const signal::Message message = std::move(outbox_.front());
    outbox_.pop_front();
    other.driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.handle_message(now, message);
    });
  }
}

MeetingCheck::MeetingCheck(BlockingHost& host, const GatherOptions& options)
    : host_(host),
      left_(host.api(), ice::Role::controlling, options),
      right_(host.api(), ice::Role::controlled, options) {}

MeetingResult MeetingCheck::run() {
  const Timestamp begun = host_.now();
  const Timestamp end = begun + kMeetingPatience;
  const auto is_over = [this] {
    return (left_.is_connected() && right_.is_connected()) || left_.has_failed() ||
           right_.has_failed();
  };
  while (!is_over() && host_.now() < end) {
    left_.carry_messages_to(right_);
    right_.carry_messages_to(left_);
    if (!is_over()) host_.wait(end);
  }
  return result(begun);
}

MeetingResult MeetingCheck::result(Timestamp begun) {
  const auto pair = left_.driver().agent().selected_pair(1);
  if (!pair || !right_.is_connected()) return {ice::explain(left_.driver().agent()), {}, {}};
  const auto text = [](const ice::Candidate& end) {
    return std::string(to_text(end.type)) + " " + end.address.to_text();
  };
  return {{}, text(pair->local) + " to " + text(pair->remote), host_.now() - begun};
}

}  // namespace floe::probes
