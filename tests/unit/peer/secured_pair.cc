#include "peer/secured_pair.h"

#include <algorithm>

namespace floe::peer::test {
namespace {

ice::AgentConfig config_of(ice::Role role) {
  ice::AgentConfig config;
  config.role = role;
  return config;
}

}  // namespace

bool is_dtls(const ByteVector& datagram) {
  return !datagram.empty() && datagram[0] >= 20 && datagram[0] <= 63;
}

SecuredEnd::SecuredEnd(std::uint32_t seed, ice::Role role, const TransportAddress& own)
    : address(own), random(seed), connection(config_of(role), random, crypto) {}

bool SecuredEnd::has_been(ice::State state) const {
  return std::ranges::find(states, state) != states.end();
}

SecuredPair::SecuredPair(Options options)
    : left(options.seed, ice::Role::controlling, {IpAddress::v4(192, 0, 2, 1), 4000}),
      right(options.seed + 1, ice::Role::controlled, {IpAddress::v4(192, 0, 2, 2), 4000}),
      options_(std::move(options)) {
  prepare(left);
  prepare(right);
}

void SecuredPair::prepare(SecuredEnd& end) {
  end.connection.negotiate({});
  const auto& security = &end == &left ? options_.left : options_.right;
  if (security) end.connection.secure(*security);
  if (options_.renews) end.connection.recover();
}

void SecuredPair::begin(SecuredEnd& end) {
  end.connection.announce();
  end.connection.agent().start_gathering(now);
  end.connection.agent().add_local_socket(now, 1, end.address, 65535);
  end.connection.agent().end_of_local_sockets(now);
  drain(end);
}

bool SecuredPair::connect() {
  begin_both();
  return wait();
}

void SecuredPair::begin_both() {
  begin(left);
  if (!options_.crossing) run(std::chrono::milliseconds(40));
  begin(right);
}

bool SecuredPair::replace_right() {
  replacement = std::make_unique<SecuredEnd>(99, ice::Role::controlled,
                                             TransportAddress{IpAddress::v4(192, 0, 2, 3), 4000});
  prepare(*replacement);
  begin(*replacement);
  run(std::chrono::milliseconds(200));
  return wait();
}

bool SecuredPair::wait() {
  for (int i = 0; i < 1000; ++i) {
    if (left.connection.is_connected() && peer_of(left).connection.is_connected()) return true;
    run(std::chrono::milliseconds(10));
  }
  return false;
}

void SecuredPair::run(Duration duration) {
  const Timestamp end = now + duration;
  for (int i = 0; i < 100'000; ++i) {
    SecuredEnd& other = peer_of(left);
    Timestamp next = std::min(left.connection.deadline(), other.connection.deadline());
    if (!arrivals_.empty()) next = std::min(next, arrivals_.begin()->first);
    if (next > end) break;
    now = std::max(now, next);
    while (!arrivals_.empty() && arrivals_.begin()->first <= now) {
      Arrival arrival = std::move(arrivals_.begin()->second);
      arrivals_.erase(arrivals_.begin());
      arrive(arrival);
    }
    for (SecuredEnd* one : {&left, &other}) {
      if (one->connection.deadline() > now) continue;
      one->connection.handle_timeout(now);
      drain(*one);
    }
  }
  now = end;
}

void SecuredPair::arrive(Arrival& arrival) {
  // Messages are for whom the server knows by that name now; datagrams are for an address.
  const bool is_lost = replacement && arrival.to == &right && !arrival.message;
  if (is_lost) return;
  SecuredEnd& to = arrival.to == &left ? left : peer_of(left);
  if (arrival.message) {
    to.connection.handle_message(now, *arrival.message);
  } else {
    to.connection.agent().handle_datagram(now, to.address, peer_of(to).address, arrival.datagram);
  }
  drain(to);
}

void SecuredPair::send(SecuredEnd& from, std::string_view text) {
  from.connection.send(now, 1, as_bytes(text));
  drain(from);
}

void SecuredPair::close(SecuredEnd& end) {
  end.connection.close(now, "closed by a test");
  drain(end);
}

void SecuredPair::drain(SecuredEnd& end) {
  while (auto output = end.connection.poll_output()) take(end, *output);
}

void SecuredPair::take(SecuredEnd& end, Output& output) {
  if (const auto* of_agent = std::get_if<ice::Output>(&output)) {
    take(end, *of_agent);
  } else if (auto* message = std::get_if<signal::Message>(&output)) {
    end.told.push_back(*message);
    if (signalling && !signalling(end, *message)) return;
    arrivals_.emplace(now + one_way, Arrival{&peer_of(end), {}, std::move(*message)});
  } else if (const auto* bye = std::get_if<PeerSaidBye>(&output)) {
    end.bye = bye->reason;
  } else if (const auto* secured = std::get_if<Secured>(&output)) {
    end.secured.push_back(*secured);
  } else if (const auto* failed = std::get_if<SecurityFailed>(&output)) {
    end.failures.push_back(*failed);
  } else {
    ++end.skipped;
  }
}

void SecuredPair::take(SecuredEnd& end, const ice::Output& output) {
  if (const auto* transmit = std::get_if<ice::Transmit>(&output)) {
    ByteVector datagram(transmit->payload.begin(), transmit->payload.end());
    datagrams.push_back(datagram);
    if (link && !link(end, datagram)) return;
    arrivals_.emplace(now + one_way, Arrival{&peer_of(end), std::move(datagram), {}});
    return;
  }
  const auto* event = std::get_if<ice::Event>(&output);
  if (event == nullptr) return;
  if (const auto* data = std::get_if<ice::DataReceived>(event)) {
    end.received.emplace_back(data->payload.begin(), data->payload.end());
  } else if (const auto* changed = std::get_if<ice::StateChanged>(event)) {
    end.states.push_back(changed->state);
  }
}

}  // namespace floe::peer::test
