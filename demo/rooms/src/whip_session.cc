#include "whip_session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "floe/json/document.h"
#include "floe/rooms/whip_service.h"
#include "floe/signal/message_codec.h"

namespace floe::rooms {
namespace {

constexpr std::string_view kSdpType = "application/sdp";
constexpr std::string_view kFragmentType = "application/trickle-ice-sdpfrag";

std::uint16_t status_of(whip::Refusal refusal) {
  switch (refusal) {
    case whip::Refusal::unreadable:
    case whip::Refusal::media:
      return 422;
    case whip::Refusal::busy:
      return 409;
    case whip::Refusal::over:
      return 404;
  }
  return 500;
}

std::uint16_t status_of(whip::Outcome outcome) {
  return outcome == whip::Outcome::no_answer ? 504 : 502;
}

std::uint16_t status_of(signal::RoomErrorCode code) {
  if (code == signal::RoomErrorCode::unauthorized) return 401;
  return code == signal::RoomErrorCode::bad_message ? 422 : 503;
}

/// RFC 9429, section 5.2.1: it is random, and less than 2^63 - 1.
std::uint64_t random_number(RandomSource& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return number >> 2;
}

}  // namespace

WhipSession::WhipSession(WhipService& service, SignalService& rooms, std::string room,
                         std::string id)
    : service_(service),
      rooms_(rooms),
      room_(std::move(room)),
      id_(std::move(id)),
      exchange_(random_number(rooms.host().api().random)),
      timer_(rooms.host().loop().create(*this)) {}

WhipSession::~WhipSession() = default;

Timestamp WhipSession::now() const {
  return rooms_.host().loop().now();
}

// The client --------------------------------------------------------------------------------------

void WhipSession::open(const native::HttpRequest& request, WhipQuery query, WhipReply reply) {
  reply_ = std::move(reply);
  query_ = std::move(query);
  if (!is_of_type(request.content_type, kSdpType)) {
    return refuse(415, "the body must be an offer, with the Content-Type application/sdp");
  }
  whip::Told told = exchange_.offer(now(), request.body);
  if (told.refusal) return refuse(status_of(*told.refusal), told.why);
  first_ = std::move(told.messages);
  connection_ = rooms_.enter(room_, {request.peer.ip, request.origin}, *this);
  if (!connection_) return refuse(503, "all places of this server are in use; try later");
  const std::string token(bearer_token(request.authorization));
  rooms_.say(*connection_, signal::write_join({query_.name, token, {}, {}}));
  carry_on();
}

void WhipSession::patch(const native::HttpRequest& request, WhipReply reply) {
  if (!is_of_type(request.content_type, kFragmentType)) {
    reply.refuse(415, "the body must have the Content-Type application/trickle-ice-sdpfrag");
    return;
  }
  // RFC 9725, section 4.3.1: "428 Precondition Required" for a missing entity tag, and "412
  // Precondition Failed" for a non-matching one.
  if (request.if_match.empty()) {
    reply.refuse(428, "say by If-Match which ICE session you mean: its ETag, or * for a restart");
    return;
  }
  if (request.if_match != "*" && request.if_match != entity_tag()) {
    reply.refuse(412, "If-Match names another ICE session than the present one");
    return;
  }
  whip::Told told = exchange_.patch(now(), request.body);
  if (told.refusal) {
    reply.refuse(status_of(*told.refusal), told.why);
    return;
  }
  const bool is_restart = std::ranges::any_of(told.messages, [](const signal::Message& message) {
    return std::holds_alternative<signal::Description>(message);
  });
  const bool was_told = tell_peer(told.messages);
  if (!was_told) {
    reply.refuse(422, "the fragment is too long for the peer");
  } else if (is_restart) {
    reply_ = std::move(reply);
  } else {
    reply.send({.status = 204});
  }
  carry_on();
}

void WhipSession::close(std::string_view reason) {
  (void)tell_peer({signal::Bye{std::string(reason)}});
  end();
}

void WhipSession::refuse(std::uint16_t status, std::string_view why) {
  if (reply_) reply_.refuse(status, why);
  end();
}

std::string WhipSession::entity_tag() const {
  return '"' + std::to_string(exchange_.ice_session()) + '"';
}

// The room ----------------------------------------------------------------------------------------

void WhipSession::on_text(std::string_view text) {
  const auto document = json::Document::parse(text, signal::kRelayedLimits);
  if (!document) return;
  const auto type = signal::parse_type(document->root());
  if (!type) return;
  signal::is_room_message_type(*type) ? hear_server(document->root()) : hear_peer(document->root());
  if (connection_) carry_on();
}

void WhipSession::on_removed() {
  connection_.reset();
  refuse(502, "the session has lost its place in the room");
}

void WhipSession::hear_server(const json::Value& message) {
  const auto parsed = signal::parse_room_message(message);
  if (!parsed) return;
  if (const auto* joined = std::get_if<signal::Joined>(&parsed->message)) {
    hear_joined(*joined);
  } else if (const auto* left = std::get_if<signal::PeerLeft>(&parsed->message)) {
    if (left->peer == peer_) exchange_.left();
  } else if (const auto* error = std::get_if<signal::RoomError>(&parsed->message)) {
    // Later ones are about single messages.
    if (reply_) refuse(status_of(error->code), error->message);
  }
}

void WhipSession::hear_joined(const signal::Joined& joined) {
  self_ = joined.self;
  const signal::Peer* peer = choose(joined.peers);
  if (peer == nullptr) return;
  peer_ = peer->id;
  if (!tell_peer(std::exchange(first_, {}))) refuse(422, "the offer is too long for the peer");
}

const signal::Peer* WhipSession::choose(const std::vector<signal::Peer>& peers) {
  std::vector<const signal::Peer*> fitting;
  // The latest first: an earlier one may be away, and its place kept.
  for (auto place = peers.rbegin(); place != peers.rend(); ++place) {
    const signal::Peer& peer = *place;
    if (service_.is_member(room_, peer.id)) continue;  // another client of WHIP
    if (!query_.to.empty() && peer.id != query_.to && peer.name != query_.to) continue;
    if (!query_.service.empty() && !peer.offers.empty() && !peer.offers.has(query_.service)) {
      continue;
    }
    fitting.push_back(&peer);
  }
  // PROTOCOL.md, section 2.5: those that offer the service first, then those that do not say.
  const auto offers = [&](const signal::Peer* peer) { return peer->offers.has(query_.service); };
  if (!query_.service.empty() && std::ranges::any_of(fitting, offers)) {
    return *std::ranges::find_if(fitting, offers);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty()) {
    refuse(503, "no peer that could answer is in the room; try again when it is there");
  } else {
    refuse(409, "several peers are in the room; choose one by ?to= or ?service=");
  }
  return nullptr;
}

void WhipSession::hear_peer(const json::Value& message) {
  const auto envelope = signal::parse_envelope(message);
  if (!envelope || envelope->from != peer_ || peer_.empty()) return;
  if (const auto parsed = signal::parse_message(message)) {
    exchange_.receive(now(), parsed->message);
  }
}

bool WhipSession::tell_peer(const std::vector<signal::Message>& messages) {
  for (const signal::Message& message : messages) {
    if (!connection_ || peer_.empty()) return false;
    const std::string text = signal::write_message(message, {.to = peer_, .from = {}, .seq = {}});
    if (text.size() > signal::kMessageSizeMax) return false;
    rooms_.say(*connection_, text);
  }
  return true;
}

// Both --------------------------------------------------------------------------------------------

void WhipSession::handle_timeout(Timestamp time) {
  exchange_.handle_timeout(time);
  carry_on();
}

void WhipSession::carry_on() {
  if (!connection_) return;
  if (const auto given = exchange_.poll_answer()) answer(*given);
  if (!connection_) return;
  if (exchange_.state() == whip::Exchange::State::ended) return close("the session is over");
  timer_->arm(exchange_.deadline());
}

void WhipSession::answer(const whip::Answer& given) {
  if (!reply_) return;
  if (given.outcome != whip::Outcome::answered) {
    reply_.refuse(status_of(given.outcome), given.why);
    return;
  }
  const bool is_first = exchange_.ice_session() == 1;
  native::HttpDocument document;
  document.status = is_first ? 201 : 200;
  document.content_type = is_first ? kSdpType : kFragmentType;
  document.body = given.sdp;
  document.headers.emplace_back("etag", entity_tag());
  if (is_first) {
    document.headers.emplace_back("location", "/signal/" + room_ + "/whip/" + id_);
    document.headers.emplace_back("accept-patch", kFragmentType);
  }
  // Nobody would ever delete a session whose client has not heard of it.
  if (!reply_.send(std::move(document)) && is_first) close("the client is gone");
}

void WhipSession::end() {
  timer_.reset();
  if (connection_) rooms_.leave(*std::exchange(connection_, std::nullopt));
  service_.forget(*this);
}

}  // namespace floe::rooms
