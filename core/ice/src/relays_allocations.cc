// What becomes of the allocations of an agent: begun, told, lost, made anew, released.
#include <algorithm>
#include <utility>

#include "floe/ice/limits.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/turn/error_codes.h"
#include "reach.h"
#include "relays.h"
#include "stun_gatherer.h"

namespace floe::ice {

void Relays::begin(Timestamp now, Relay& relay) {
  relay.begun_at = relay.allocated_at = now;
  relay.was_heard = false;
  const TurnServer& server = servers_[relay.server];
  if (!turn::is_stream(server.transport)) return allocate(now, relay);
  relay.state = RelayState::connecting;
  relay.stream = TcpConnectionId(++streams_begun_);
  core_.out.stream_wanted({*relay.stream, relay.target, server.transport, relay.server_name});
}

void Relays::allocate(Timestamp now, Relay& relay) {
  turn::AllocationConfig config;
  config.transport = servers_[relay.server].transport;
  config.credentials = servers_[relay.server].credentials;
  // RFC 8445, section 14.3, as for all requests of gathering.
  config.rto = std::max<Duration>(stun::kInitialRto,
                                  core_.pacer.ta() * static_cast<std::int64_t>(relays_.size()));
  relay.state = RelayState::allocating;
  relay.allocation =
      std::make_unique<turn::ClientAllocation>(std::move(config), core_.random, core_.crypto);
  relay.allocation->start(now);
  drain(now, relay);
}

/// Passes on what the allocation wants sent, and what it tells.
void Relays::drain(Timestamp now, Relay& relay) {
  while (relay.allocation) {
    flush(relay);
    auto event = relay.allocation->poll_event();
    if (!event) break;
    take_event(now, relay, *event);
  }
  const bool was_released = relay.state == RelayState::releasing &&
                            relay.allocation->state() == turn::ClientAllocation::State::ended;
  if (!was_released) return;
  relay.state = RelayState::over;
  end_stream(relay);
  retire(relay);
}

void Relays::flush(Relay& relay) {
  while (const auto message = relay.allocation->poll_message()) {
    if (relay.stream) {
      core_.out.stream_copy(*relay.stream, *message);
    } else {
      core_.out.transmit_copy(relay.base, relay.target, *message);
    }
  }
}

void Relays::take_event(Timestamp now, Relay& relay, turn::AllocationEvent& event) {
  if (const auto* data = std::get_if<turn::PeerData>(&event)) {
    // Of a dual allocation the one of the peer's family was sent to.
    const auto place = std::ranges::find_if(relay.relayed, [&](const TransportAddress& relayed) {
      return relayed.ip.family() == data->peer.ip.family();
    });
    if (place != relay.relayed.end()) events_.push_back(Data{*place, data->peer, data->payload});
  } else if (const auto* allocated = std::get_if<turn::Allocated>(&event)) {
    take_allocated(now, relay, *allocated);
  } else if (const auto* refused = std::get_if<turn::PeerRefused>(&event)) {
    for (const TransportAddress& relayed : relay.relayed) {
      if (relayed.ip.family() != refused->peer.family()) continue;
      events_.push_back(PeerRefused{relayed, refused->peer, refused->code});
    }
  } else if (const auto* redirected = std::get_if<turn::Redirected>(&event)) {
    follow(relay, *redirected);
  } else if (const auto* failed = std::get_if<turn::AllocationFailed>(&event)) {
    take_failure(now, relay, *failed);
  } else if (const auto* lost = std::get_if<turn::AllocationLost>(&event)) {
    lose(now, relay, lost->code, lost->reason.view());
  }
}

void Relays::take_allocated(Timestamp now, Relay& relay, const turn::Allocated& allocated) {
  relay.state = RelayState::allocated;
  relay.allocated_at = now;
  relay.relayed = List<TransportAddress>(allocated.relayed);
  relay.mapped = allocated.mapped;
  tell_relayed(relay);
}

/// RFC 8445, section 5.1.2.1, leaves it to us among relayed candidates: UDP before TCP before TLS,
/// then the family in which the server is reached, where nothing has to be translated; then as the
/// servers were named. Distinct for each.
std::uint16_t Relays::preference_of(const Relay& relay, const TransportAddress& relayed) const {
  constexpr unsigned kTransports = 3;
  const auto rank = kTransports - static_cast<unsigned>(servers_[relay.server].transport);
  const bool is_same_family = relayed.ip.family() == relay.target.ip.family();
  const auto place = static_cast<unsigned>(&relay - relays_.data());
  return static_cast<std::uint16_t>(rank << 14 | (is_same_family ? 1u : 0u) << 13 |
                                    (0x1fffu - place));
}

void Relays::tell_relayed(const Relay& relay) {
  const LocalSocket* socket = socket_of(relay);
  LocalSocket described{relay.component, relay.base};
  if (socket != nullptr) described = *socket;
  described.base = relay.base;
  for (const TransportAddress& relayed : relay.relayed) {
    described.local_preference = preference_of(relay, relayed);
    events_.push_back(Relayed{described,
                              relayed,
                              relay.mapped,
                              {servers_[relay.server].address, servers_[relay.server].transport}});
  }
}

/// RFC 8656, section 7.4: on 300 the client goes to the server that it names, once: servers that
/// send each other's clients to and fro exist. Never to where only this host itself could be.
void Relays::follow(Relay& relay, const turn::Redirected& redirected) {
  const TransportAddress& there = redirected.server;
  const bool possible = relay.redirects < kRedirectsMax && can_be_reached(there) &&
                        there != relay.target &&
                        may_reach(servers_[relay.server].address.ip, there.ip);
  if (!possible) return fail(relay, stun::kTryAlternate, "the server sends away to nowhere");
  ++relay.redirects;
  end_stream(relay);
  retire(relay);
  relay.target = there;
  if (!redirected.domain.empty()) relay.server_name = redirected.domain;
  relay.state = RelayState::waiting;
}

/// RFC 8656, section 7.4, on 437: "The client SHOULD pick another client transport address". Also
/// when the server was not reached at all: another of the host's networks may lead there.
void Relays::take_failure(Timestamp now, Relay& relay, const turn::AllocationFailed& failed) {
  const bool is_mismatch = failed.code == turn::kAllocationMismatch;
  const bool is_stream = turn::is_stream(servers_[relay.server].transport);
  if (is_mismatch && is_stream) return lose(now, relay, failed.code, failed.reason.view());
  fail(relay, failed.code, failed.reason.view());
  if (is_stream || (!is_mismatch && failed.code != turn::kNoCode)) return;
  try_next_socket(relay);
}

/// Each is tried once, best first.
void Relays::try_next_socket(Relay& relay) {
  const auto tried = std::ranges::find(sockets_, relay.base, &LocalSocket::base);
  if (tried == sockets_.end()) return;
  const auto next = std::find_if(tried + 1, sockets_.end(), [&](const LocalSocket& socket) {
    return socket.id == relay.component &&
           may_reach(socket.base.ip, servers_[relay.server].address.ip);
  });
  if (next == sockets_.end()) return;
  relay.base = next->base;
  start_over(relay);
}

/// A server that restarted, a stream that broke, credentials that ran out: what replaces it begins
/// from nothing, over a stream of its own.
void Relays::lose(Timestamp now, Relay& relay, std::uint16_t code, std::string_view reason) {
  for (const TransportAddress& relayed : relay.relayed) events_.push_back(Gone{relayed});
  relay.relayed.clear();
  report(relay, code, reason);
  end_stream(relay);
  retire(relay);
  if (now - relay.allocated_at >= kRelayProven) relay.remakes = 0;
  const bool may_remake = relay.remakes < kRelayRemakesMax;
  ++relay.remakes;
  start_over(relay);
  if (!may_remake) relay.state = RelayState::over;
}

void Relays::fail(Relay& relay, std::uint16_t code, std::string_view reason) {
  report(relay, code, reason);
  end_stream(relay);
  retire(relay);
  relay.state = RelayState::over;
}

void Relays::report(const Relay& relay, std::uint16_t code, std::string_view reason) {
  const TurnServer& server = servers_[relay.server];
  const std::uint16_t shown = code == turn::kNoCode ? kServerUnreachable : code;
  core_.out.event(GatheringFailed{server.address, relay.base, shown,
                                  ShortText<kReasonShownMax>(reason), server.transport});
  last_failure_ = Failure{server, shown, turn::Reason(reason)};
}

// Letting go --------------------------------------------------------------------------------------

/// What its last frames lend to the events is needed until the next input.
void Relays::retire(Relay& relay) {
  if (relay.allocation) retired_.push_back(std::move(relay.allocation));
}

void Relays::end_stream(Relay& relay) {
  if (relay.stream) core_.out.stream_unwanted(*relay.stream);
  relay.stream.reset();
}

void Relays::release(Timestamp now, Relay& relay) {
  for (const TransportAddress& relayed : relay.relayed) events_.push_back(Gone{relayed});
  relay.relayed.clear();
  if (!relay.allocation) {
    end_stream(relay);
    relay.state = RelayState::over;
    return;
  }
  relay.state = RelayState::releasing;
  relay.allocation->release(now, turn::ClientAllocation::Release::answered);
  drain(now, relay);
}

void Relays::restart(Timestamp now) {
  for (Relay& relay : relays_) {
    relay.remakes = 0;
    if (relay.state == RelayState::allocated) {
      tell_relayed(relay);
      relay.allocation->verify(now);
      drain(now, relay);
    }
    if (relay.state != RelayState::over) continue;
    end_stream(relay);
    const bool is_stream = turn::is_stream(servers_[relay.server].transport);
    if (is_stream || socket_of(relay) != nullptr) start_over(relay);
  }
}

void Relays::close(Timestamp now) {
  for (Relay& relay : relays_) {
    if (relay.allocation) {
      relay.allocation->release(now, turn::ClientAllocation::Release::once);
      flush(relay);
    }
    end_stream(relay);
    retire(relay);
    relay.relayed.clear();
    relay.state = RelayState::over;
  }
}

}  // namespace floe::ice
