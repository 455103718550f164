#include "transport_object.h"

#include <variant>

#include "floe/ice/candidate_grammar.h"
#include "floe/peer/connection.h"
#include "floe/signal/message_codec.h"
#include "floe/signal/statistics.h"

namespace floe::wasm {
namespace {

/// The most bytes that a relay's message has besides a datagram (RFC 8656, section 11).
constexpr std::size_t kRelayOverheadMax = 64;

}  // namespace

TransportObject::TransportObject(WasmHost& host, std::uint32_t handle,
                                 std::shared_ptr<NetworkObject> network, List<IpAddress> addresses,
                                 const ice::AgentConfig& config, ice::SharedPacer& shared_pacer)
    : Object(host, handle),
      network_(std::move(network)),
      addresses_(network_->parts().addresses, std::move(addresses)),
      events_(host.events, handle, driver_),
      driver_(network_->host_with(addresses_), config, events_, &shared_pacer) {
  events_.tell_description();
}

bool TransportObject::send_datagram(std::uint16_t component, CommandReader in) {
  const Bytes datagram = in.rest();
  return network_->takes_datagram(datagram.size() + kRelayOverheadMax) &&
         driver_.send(component, datagram) != ice::SendResult::queue_full;
}

void TransportObject::handle_command(Command command, std::uint16_t, CommandReader& in) {
  switch (command) {
    case Command::transport_gather:
      gather(in);
      break;
    case Command::transport_start:
      start(in);
      break;
    case Command::transport_candidate:
      add_candidate(in.text());
      break;
    case Command::transport_remove_candidate:
      remove_candidate(in.text());
      break;
    case Command::transport_end_of_candidates:
      driver_.input([](peer::Connection& connection, Timestamp now) {
        connection.agent().end_of_remote_candidates(now);
      });
      break;
    case Command::transport_restart:
      restart();
      break;
    case Command::negotiation_start:
      negotiate(in);
      break;
    case Command::negotiation_receive:
      receive(in.text());
      break;
    case Command::negotiation_repeat:
      driver_.input(
          [](peer::Connection& connection, Timestamp) { connection.repeat_description(); });
      break;
    case Command::negotiation_bye:
      driver_.input([reason = in.text()](peer::Connection& connection, Timestamp) {
        connection.bye(reason);
      });
      break;
    default:
      refuse("bad-command", "A transport does not know this command.");
      break;
  }
  events_.tell_description();
  events_.tell_remote_candidates();
}

void TransportObject::gather(CommandReader& in) {
  const std::uint8_t family = in.u8();
  GatherOptions options;
  if (family == 4) options.family = Family::ipv4;
  if (family == 6) options.family = Family::ipv6;
  options.port_min = in.u16();
  options.port_max = in.u16();
  const bool only_relayed = in.flag();
  if (only_relayed) {
    driver_.input([](peer::Connection& connection, Timestamp) {
      return connection.agent().set_policy(ice::CandidatePolicy::relay);
    });
  }
  for (std::uint16_t count = in.u16(); count > 0 && in.ok(); --count) {
    const std::string_view text = in.text();
    const std::string_view username = in.text();
    const std::string_view password = in.text();
    auto uri = parse_server_uri(text);
    if (!uri) {
      events_.on_gathering_error(
          {text, std::nullopt, ice::kServerUnreachable, to_text(uri.error())});
    } else {
      options.servers.emplace_back(std::move(*uri), std::string(username), std::string(password));
    }
  }
  driver_.gather(options);
}

void TransportObject::start(CommandReader& in) {
  ice::SessionDescription description;
  description.credentials.ufrag = in.text();
  description.credentials.password = in.text();
  description.lite = in.flag();
  const std::uint8_t role = in.u8();
  const bool taken = driver_.input([&](peer::Connection& connection, Timestamp now) {
    // Once a peer is known, only the protocol changes roles: start() of a restart cannot.
    if (role < 2)
      connection.agent().set_role(now, role == 0 ? ice::Role::controlling : ice::Role::controlled);
    return connection.agent().set_remote_description(now, description);
  });
  if (!taken) {
    refuse("start-refused",
           "start() was already called with other parameters: call restart() first.");
  }
}

std::optional<ice::Candidate> TransportObject::read_candidate(std::string_view line) {
  const auto parsed = ice::parse_candidate_line(line);
  if (!parsed) {
    refuse("bad-candidate", ice::to_text(parsed.error()));
    return std::nullopt;
  }
  const ice::CandidateObstacle obstacle = ice::obstacle_of(*parsed);
  if (obstacle == ice::CandidateObstacle::none) return parsed->candidate;
  refuse("candidate-ignored", ice::to_text(obstacle));
  return std::nullopt;
}

void TransportObject::add_candidate(std::string_view line) {
  const auto candidate = read_candidate(line);
  if (!candidate) return;
  const auto result = driver_.input([&](peer::Connection& connection, Timestamp now) {
    return connection.agent().add_remote_candidate(now, *candidate);
  });
  if (result != ice::AddCandidateResult::added && result != ice::AddCandidateResult::duplicate) {
    refuse("candidate-ignored", ice::to_text(result));
  }
}

void TransportObject::remove_candidate(std::string_view line) {
  const auto candidate = read_candidate(line);
  if (!candidate) return;
  const bool removed = driver_.input([&](peer::Connection& connection, Timestamp now) {
    return connection.agent().remove_remote_candidate(now, *candidate);
  });
  if (removed) emit(Event::transport_remote_candidate_removed).text(line);
}

void TransportObject::restart() {
  driver_.input([](peer::Connection& connection, Timestamp now) { connection.restart(now); });
}

void TransportObject::negotiate(CommandReader& in) {
  const bool trickle = in.flag();
  const bool encrypts = in.flag();
  const std::uint32_t message_size_max = in.u32();
  peer::SecurityOptions security;
  for (std::uint16_t count = in.u16(); count > 0 && in.ok(); --count) {
    security.expected.emplace_back(in.text());
  }
  const bool can = driver_.input([&](peer::Connection& connection, Timestamp) {
    connection.negotiate({.trickle = trickle});
    if (message_size_max > 0) connection.offer_channels({.message_size_max = message_size_max});
    const bool is_ready = !encrypts || connection.secure(security);
    if (is_ready) connection.announce();
    return is_ready;
  });
  if (can) return;
  events_.on_connection_insecure(peer::make_security_failed(peer::SecurityFailure::unavailable));
  driver_.close();
}

/// Tells the peer by DTLS, if there is DTLS.
void TransportObject::close() {
  driver_.close();
}

void TransportObject::receive(std::string_view text) {
  const auto parsed = signal::parse_message(text);
  const signal::Session* session = driver_.connection().session();
  if (session == nullptr) return;
  if (!parsed) {
    // A later version of the protocol may have more types, so an unknown type is no error.
    if (parsed.error() == signal::MessageError::unknown_type) return;
    return events_.tell_bad_message(signal::to_text(parsed.error()));
  }
  const std::uint64_t removals = session->counters().removals;
  driver_.input([&](peer::Connection& connection, Timestamp now) {
    connection.handle_message(now, parsed->message);
  });
  const auto* removed = std::get_if<signal::CandidateRemoved>(&parsed->message);
  if (removed != nullptr && session->counters().removals > removals) {
    emit(Event::transport_remote_candidate_removed).text(removed->init.candidate);
  }
}

void TransportObject::write_stats(json::Writer& out) const {
  signal::write_statistics(out, host().clock.now(), driver_.agent(),
                           driver_.connection().dtls_statistics());
}

}  // namespace floe::wasm
