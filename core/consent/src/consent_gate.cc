#include "floe/consent/consent_gate.h"

#include <vector>

#include "floe/stun/demultiplex.h"
#include "floe/stun/message_view.h"
#include "heard_requests.h"
#include "peer_book.h"
#include "recent_count.h"
#include "sent_requests.h"

namespace floe::consent {

using stun::Class;
using stun::MessageView;
using stun::Method;

namespace {

std::uint16_t type_of(Bytes message) {
  return static_cast<std::uint16_t>(message[0] << 8 | message[1]);
}

stun::TransactionId id_of(Bytes message) {
  stun::TransactionId id;
  const Bytes bytes = message.subspan(8, id.size());
  std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

bool is_response(Bytes message) {
  const Class of = stun::class_of(type_of(message));
  return of == Class::success || of == Class::error;
}

bool is_binding_request(Bytes message) {
  return type_of(message) == stun::encode_type(Class::request, Method::binding);
}

/// What passes to and from a TURN server (RFC 8656).
bool is_of_turn(Bytes datagram) {
  const DatagramKind kind = demultiplex(datagram);
  return kind == DatagramKind::stun || kind == DatagramKind::turn_channel;
}

bool is_open(const PeerState* peer, Timestamp now) {
  return peer != nullptr && peer->is_open(now);
}

bool is_relay(const PeerState* peer, Timestamp now) {
  return peer != nullptr && peer->is_relay(now);
}

}  // namespace

struct ConsentGate::State {
  State(const HashKey& key, ScanWatch& scan_watch)
      : scans(scan_watch), peers(key), sent(key), heard(key) {}

  Verdict send_stun(Timestamp now, const TransportAddress& to, Bytes payload);
  Verdict ask(Timestamp now, const TransportAddress& to, const MessageView& request);
  bool may_try(Timestamp now, const TransportAddress& to);
  Verdict answer(Timestamp now, const TransportAddress& to, const MessageView& response);
  void note_renewal(Timestamp now, const TransportAddress& to, Bytes payload);

  Verdict hear(Timestamp now, const TransportAddress& from, Bytes payload);
  Verdict hear_response(Timestamp now, const TransportAddress& from, Bytes payload,
                        SentRequest& request);
  void take_consent(Timestamp now, const TransportAddress& from, const MessageView& response,
                    SentRequest& request);
  bool may_hear(Timestamp now, PeerState* from);

  ScanWatch& scans;
  PeerBook peers;
  SentRequests sent;
  HeardRequests heard;
  RecentCount tried;
  Rate<kRequestsPerSecond, kRequestsBurst> requests;
  Rate<kRequestBytesPerSecond, kRequestBytesBurst> request_bytes;
  Rate<kHeardPerSecond, kHeardMax> strangers;
  std::vector<TransportAddress> changed;
};

ConsentGate::ConsentGate(const HashKey& key, ScanWatch& scans)
    : state_(std::make_unique<State>(key, scans)) {}

ConsentGate::~ConsentGate() = default;

// Outbound ----------------------------------------------------------------------------------------

Verdict ConsentGate::outbound(Timestamp now, const TransportAddress& to, Bytes payload) {
  State& state = *state_;
  const PeerState* peer = state.peers.find(to);
  const bool is_stun = stun::looks_like_stun(payload);
  if (is_open(peer, now)) {
    if (is_stun) state.note_renewal(now, to, payload);
    return Verdict::pass;
  }
  if (is_stun) return state.send_stun(now, to, payload);
  return is_relay(peer, now) && is_of_turn(payload) ? Verdict::pass : Verdict::no_consent;
}

/// The answers to checks of an open peer prolong its consent.
void ConsentGate::State::note_renewal(Timestamp now, const TransportAddress& to, Bytes payload) {
  if (!is_binding_request(payload)) return;
  const auto request = MessageView::parse(payload);
  if (!request) return;
  if (const auto kind = kind_of(*request)) sent.remember(now, to, request->transaction_id(), *kind);
}

Verdict ConsentGate::State::send_stun(Timestamp now, const TransportAddress& to, Bytes payload) {
  const auto message = MessageView::parse(payload);
  if (!message) return Verdict::no_consent;
  if (is_relay(peers.find(to), now)) {
    const auto kind = message->is_request() ? kind_of(*message) : std::nullopt;
    if (kind) sent.remember(now, to, message->transaction_id(), *kind);
    return Verdict::pass;
  }
  if (message->is_request()) return ask(now, to, *message);
  return message->is_response() ? answer(now, to, *message) : Verdict::no_consent;
}

Verdict ConsentGate::State::ask(Timestamp now, const TransportAddress& to,
                                const MessageView& request) {
  const auto kind = kind_of(request);
  if (!kind || request.bytes().size() > kRequestSizeMax) return Verdict::no_consent;
  const stun::TransactionId id = request.transaction_id();
  if (const SentRequest* known = sent.find(now, id)) {
    if (known->to != to || known->sends >= kSendsPerRequestMax) return Verdict::over_rate;
  }
  if (!may_try(now, to) || !requests.has(now) || !request_bytes.has(now)) return Verdict::over_rate;
  PeerState& peer = peers.get(to);
  if (!peer.tried_at || now - *peer.tried_at >= 1min) {
    peer.tried_at = now;
    tried.add(now);
  }
  requests.take(now);
  request_bytes.take(now, request.bytes().size());
  sent.remember(now, to, id, *kind);
  return Verdict::pass;
}

/// Whether the peer is one of few that have not answered.
bool ConsentGate::State::may_try(Timestamp now, const TransportAddress& to) {
  const PeerState* peer = peers.find(to);
  if (peer != nullptr && peer->tried_at && now - *peer->tried_at < 1min) return true;
  return scans.admits(now, to) && tried.sum(now) < kUnverifiedPeersPerMinute;
}

Verdict ConsentGate::State::answer(Timestamp now, const TransportAddress& to,
                                   const MessageView& response) {
  if (response.method() != Method::binding) return Verdict::no_consent;
  switch (heard.answer(now, to, response.transaction_id(), response.bytes().size())) {
    case HeardRequests::Verdict::granted:
      break;
    case HeardRequests::Verdict::unknown:
      return Verdict::no_consent;
    case HeardRequests::Verdict::answered:
    case HeardRequests::Verdict::too_long:
      return Verdict::over_rate;
  }
  if (response.message_class() == Class::success) {
    peers.get(to).answered_until = now + kConsentLasts;
  }
  return Verdict::pass;
}

// Inbound -----------------------------------------------------------------------------------------

Verdict ConsentGate::inbound(Timestamp now, const TransportAddress& from, Bytes payload) {
  State& state = *state_;
  if (stun::looks_like_stun(payload)) {
    if (is_response(payload)) {
      SentRequest* request = state.sent.find(now, id_of(payload));
      if (request != nullptr) return state.hear_response(now, from, payload, *request);
    } else if (is_binding_request(payload) && !is_open(state.peers.find(from), now)) {
      return state.hear(now, from, payload);
    }
  }
  const PeerState* peer = state.peers.find(from);
  if (is_open(peer, now)) return Verdict::pass;
  if (peer != nullptr && peer->is_answered(now)) return Verdict::pass;
  return is_relay(peer, now) && is_of_turn(payload) ? Verdict::pass : Verdict::no_consent;
}

/// A Binding request of a peer without consent.
Verdict ConsentGate::State::hear(Timestamp now, const TransportAddress& from, Bytes payload) {
  const auto request = MessageView::parse(payload);
  if (!request || kind_of(*request) != RequestKind::check) return Verdict::no_consent;
  if (!may_hear(now, peers.find(from))) return Verdict::over_rate;
  heard.add(now, from, request->transaction_id(), payload.size());
  return Verdict::pass;
}

/// A flood of strangers does not crowd out a peer that the client has written to.
bool ConsentGate::State::may_hear(Timestamp now, PeerState* from) {
  return from != nullptr ? from->heard.try_take(now) : strangers.try_take(now);
}

Verdict ConsentGate::State::hear_response(Timestamp now, const TransportAddress& from,
                                          Bytes payload, SentRequest& request) {
  const auto response = MessageView::parse(payload);
  PeerState* peer = peers.find(from);
  const bool is_trusted = peer != nullptr && (peer->is_open(now) || peer->is_answered(now));
  if (!response) return is_trusted ? Verdict::pass : Verdict::no_consent;
  if (!is_trusted && !is_relay(peer, now) && !may_hear(now, peer)) return Verdict::over_rate;
  // RFC 7675, section 5.1: "a response ... received from the remote peer's transport address".
  if (request.to == from && !request.is_answered) take_consent(now, from, *response, request);
  return Verdict::pass;
}

void ConsentGate::State::take_consent(Timestamp now, const TransportAddress& from,
                                      const MessageView& response, SentRequest& request) {
  switch (request.kind) {
    case RequestKind::check: {
      // A server on the Internet answers anybody, but without integrity: it knows no password.
      if (response.message_class() != Class::success) return;
      if (!response.has_integrity() && !response.has_integrity_sha256()) return;
      request.is_answered = true;
      if (!peers.open(now, from)) return;
      PeerState& peer = *peers.find(from);
      if (peer.open_until - peer.told_until < kConsentToldStep) return;
      peer.told_until = peer.open_until;
      changed.push_back(from);
      return;
    }
    case RequestKind::turn:
      request.is_answered = true;
      return peers.open_relay(now, from);
    case RequestKind::bare:
      return;
  }
}

// Changes -----------------------------------------------------------------------------------------

std::optional<Duration> ConsentGate::consent_left(Timestamp now,
                                                  const TransportAddress& peer) const {
  const PeerState* found = state_->peers.find(peer);
  if (!is_open(found, now)) return std::nullopt;
  return found->open_until - now;
}

std::optional<TransportAddress> ConsentGate::next_change(Timestamp now) {
  if (state_->changed.empty()) return state_->peers.end_of_consent(now);
  const TransportAddress peer = state_->changed.back();
  state_->changed.pop_back();
  return peer;
}

Timestamp ConsentGate::deadline() const {
  return state_->peers.deadline();
}

}  // namespace floe::consent
