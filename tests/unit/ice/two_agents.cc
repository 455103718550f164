#include "ice/two_agents.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <utility>

namespace floe::testing {

void ChosenTieBreaker::fill(MutableBytes out) {
  rest_.fill(out);
  if (!first_) return;
  REQUIRE(out.size() == 8);
  for (std::size_t i = 0; i < 8; ++i) {
    out[i] = static_cast<std::uint8_t>(*first_ >> (56 - 8 * i) & 0xff);
  }
  first_.reset();
}

TwoAgents::End::End(const EndOptions& options, std::uint64_t seed)
    : random(options.tie_breaker, seed),
      agent(options.config, random, crypto),
      sockets(options.sockets) {}

bool TwoAgents::End::is_connected() const {
  return state() == ice::State::connected || state() == ice::State::completed;
}

TwoAgents::TwoAgents(const EndOptions& left_options, const EndOptions& right_options,
                     Timestamp start)
    : left(left_options, 1), right(right_options, 2), now(start) {}

void TwoAgents::open_sockets(End& end) {
  end.agent.start_gathering(now);
  std::uint16_t preference = 65535;
  for (const TransportAddress& socket : end.sockets) {
    end.agent.add_local_socket(now, 1, socket, preference--);
  }
  end.agent.end_of_local_sockets(now);
}

void TwoAgents::signal(End& from, End& to, Timestamp at) {
  const ice::SessionDescription description{
      from.agent.local_credentials(),
      from.agent.config().implementation == ice::Implementation::lite, from.agent.ice_options()};
  const auto candidates = from.agent.local_candidates();
  signals_.push_back({at, [this, &to, description, candidates] {
                        to.agent.set_remote_description(now, description);
                        for (const ice::Candidate& candidate : candidates) {
                          if (candidate.type == ice::CandidateType::peer_reflexive) continue;
                          to.agent.add_remote_candidate(now, candidate);
                        }
                        to.agent.end_of_remote_candidates(now);
                      }});
}

void TwoAgents::start(Duration signalling_delay) {
  open_sockets(left);
  open_sockets(right);
  signal(left, right, now + signalling_delay);
  signal(right, left, now + signalling_delay);
  drain();
}

void TwoAgents::restart(Duration signalling_delay) {
  signals_.clear();  // of the old generation: whoever signals for agents tells them apart
  left.agent.restart(now);
  right.agent.restart(now);
  signal(left, right, now + signalling_delay);
  signal(right, left, now + signalling_delay);
  drain();
}

void TwoAgents::drain() {
  drain(left);
  drain(right);
}

void TwoAgents::drain(End& end) {
  while (auto output = end.agent.poll_output()) {
    if (const auto* transmit = std::get_if<ice::Transmit>(&*output)) {
      ++end.sent;
      const Duration added = jitter ? jitter() : Duration::zero();
      Passing datagram{now + delay + added, &end, transmit->local, transmit->remote,
                       ByteVector(transmit->payload.begin(), transmit->payload.end())};
      if (!loses(datagram)) passing_.push_back(std::move(datagram));
      continue;
    }
    const ice::Event& event = *std::get_if<ice::Event>(&*output);
    if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
      end.states.push_back(state->state);
    }
    if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
      end.received.emplace_back(as_text(data->payload));
    }
  }
}

Timestamp TwoAgents::next_event() const {
  Timestamp next = std::min(left.agent.deadline(), right.agent.deadline());
  for (const Passing& datagram : passing_) next = std::min(next, datagram.at);
  for (const Signal& signal : signals_) next = std::min(next, signal.at);
  return next;
}

void TwoAgents::step() {
  const auto signal =
      std::ranges::find_if(signals_, [&](const Signal& waiting) { return waiting.at <= now; });
  if (signal != signals_.end()) {
    const auto deliver = signal->deliver;
    signals_.erase(signal);
    deliver();
    return drain();
  }
  const auto arrived =
      std::ranges::find_if(passing_, [&](const Passing& datagram) { return datagram.at <= now; });
  if (arrived != passing_.end()) {
    const Passing datagram = *arrived;
    passing_.erase(arrived);
    End& to = datagram.from == &left ? right : left;
    const bool is_bound = std::ranges::find(to.sockets, datagram.destination) != to.sockets.end();
    if (is_bound) {
      to.agent.handle_datagram(now, datagram.destination, datagram.source, datagram.payload);
    }
    return drain();
  }
  for (End* end : {&left, &right}) {
    if (end->agent.deadline() <= now) end->agent.handle_timeout(now);
  }
  drain();
}

bool TwoAgents::run_until(const std::function<bool()>& condition, Duration limit) {
  const Timestamp end = now + limit;
  int steps_at_once = 0;
  while (!condition()) {
    const Timestamp next = next_event();
    if (next > end) {
      now = end;
      return condition();
    }
    steps_at_once = next > now ? 0 : steps_at_once + 1;
    // More than this without time passing is a busy loop, or a storm.
    REQUIRE(steps_at_once < 500);
    now = std::max(now, next);
    step();
  }
  return true;
}

void TwoAgents::run_for(Duration duration) {
  run_until([] { return false; }, duration);
}

bool TwoAgents::connect(Duration limit) {
  return run_until([&] { return left.is_connected() && right.is_connected(); }, limit);
}

bool TwoAgents::agree() const {
  const auto ours = left.agent.selected_pair(1);
  const auto theirs = right.agent.selected_pair(1);
  return ours && theirs && ours->local.address == theirs->remote.address &&
         ours->remote.address == theirs->local.address && left.agent.role() != right.agent.role();
}

}  // namespace floe::testing
