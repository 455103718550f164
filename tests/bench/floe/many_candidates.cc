#include "many_candidates.h"

#include <algorithm>

#include "floe/signal/message_codec.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

ice::AgentConfig config_as(ice::Role role) {
  ice::AgentConfig config;
  config.role = role;
  return config;
}

}  // namespace

ManyCandidates::ManyCandidates(ice::Role role, std::uint8_t network, std::size_t candidates)
    : connection_(config_as(role), random_, crypto_) {
  signal::SessionOptions options;
  options.trickle = false;
  connection_.negotiate(options);
  ice::Agent& agent = connection_.agent();
  agent.start_gathering(now_);
  for (std::size_t i = 0; i < candidates; ++i) {
    const TransportAddress base{IpAddress::v4(10, network, 0, static_cast<std::uint8_t>(i + 1)),
                                5000};
    const auto preference = static_cast<std::uint16_t>(65535 - i);
    const auto added = agent.add_local_socket(now_, 1, base, preference);
    require(added == ice::AddCandidateResult::added, "an agent cannot have so many candidates");
  }
  agent.end_of_local_sockets(now_);
  drain();
}

std::string ManyCandidates::announce() {
  connection_.announce();
  const auto message = drain();
  require(message.has_value(), "the agent describes nothing");
  return signal::write_message(*message);
}

void ManyCandidates::handle_message(std::string_view text) {
  const auto parsed = signal::parse_message(text);
  require(parsed.has_value(), "the description cannot be read");
  connection_.handle_message(now_, parsed->message);
}

void ManyCandidates::run_for(Duration span) {
  const Timestamp end = now_ + span;
  drain();
  while (connection_.deadline() <= end) {
    now_ = std::max(now_, connection_.deadline());
    connection_.handle_timeout(now_);
    drain();
  }
  now_ = end;
}

std::optional<signal::Message> ManyCandidates::drain() {
  std::optional<signal::Message> message;
  while (auto output = connection_.poll_output()) {
    if (auto* found = std::get_if<signal::Message>(&*output); found != nullptr && !message) {
      message = std::move(*found);
    }
  }
  return message;
}

}  // namespace floe::bench
