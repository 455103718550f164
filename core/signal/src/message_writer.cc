#include "dtls_members.h"
#include "floe/json/utf8.h"
#include "floe/json/writer.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"

namespace floe::signal {
namespace {

void write_init(json::Writer& out, const CandidateInit& init) {
  out.name("candidate").string(init.candidate).name("sdpMid").string(init.sdp_mid);
}

void write_ufrag(json::Writer& out, std::string_view ufrag) {
  out.name("usernameFragment").string(ufrag);
}

void write_optional(json::Writer& out, std::optional<std::string_view> text) {
  if (text) {
    out.string(*text);
  } else {
    out.null();
  }
}

void write_body(json::Writer& out, const Description& description) {
  write_ufrag(out, description.credentials.ufrag);
  out.name("password").string(description.credentials.password);
  out.name("iceLite").boolean(description.ice_lite);
  out.name("iceOptions").begin_array();
  for (const std::string& option : description.ice_options) out.string(option);
  out.end_array();
  if (description.ice_pacing) out.name("icePacing").unsigned_integer(*description.ice_pacing);
  if (description.role) out.name("role").string(to_text(*description.role));
  out.name("remoteUsernameFragment");
  write_optional(out, description.remote_ufrag);
  out.name("candidates").begin_array();
  for (const CandidateInit& init : description.candidates) {
    out.begin_object();
    write_init(out, init);
    out.end_object();
  }
  out.end_array();
  out.name("endOfCandidates").boolean(description.end_of_candidates);
  write_dtls(out, description.dtls);
  if (!description.sctp) return;
  out.name("sctp").begin_object();
  out.name("port").unsigned_integer(description.sctp->port);
  out.name("maxMessageSize").unsigned_integer(description.sctp->message_size_max);
  out.end_object();
}

void write_body(json::Writer& out, const CandidateMessage& message) {
  write_ufrag(out, message.ufrag);
  write_init(out, message.init);
}

void write_body(json::Writer& out, const EndOfCandidates& message) {
  write_ufrag(out, message.ufrag);
  out.name("sdpMid").string(message.sdp_mid);
}

void write_body(json::Writer& out, const CandidateRemoved& message) {
  write_ufrag(out, message.ufrag);
  write_init(out, message.init);
}

void write_body(json::Writer&, const RestartRequest&) {}

void write_body(json::Writer& out, const Bye& bye) {
  out.name("reason").string(json::truncate_utf8(bye.reason, kReasonSizeMax));
}

void write_body(json::Writer& out, const Reveal& reveal) {
  if (!reveal.id.empty()) out.name("id").string(reveal.id);
  out.name("nonce").string(reveal.nonce);
}

void write_offers(json::Writer& out, const Offers& offers) {
  if (offers.empty()) return;
  out.name("offers").begin_array();
  for (std::string_view rest = offers.text(); !rest.empty();) out.string(Offers::take_name(rest));
  out.end_array();
}

void write_peer(json::Writer& out, const Peer& peer) {
  out.begin_object();
  out.name("id").string(peer.id).name("name").string(peer.name);
  write_offers(out, peer.offers);
  out.end_object();
}

void write_resume(json::Writer& out, std::string_view resume) {
  if (!resume.empty()) out.name("resume").string(resume);
}

void write_body(json::Writer& out, const Join& join) {
  out.name("name").string(join.name);
  if (!join.token.empty()) out.name("token").string(join.token);
  write_resume(out, join.resume);
  write_offers(out, join.offers);
}

void write_body(json::Writer& out, const Joined& joined) {
  out.name("self").string(joined.self).name("peers").begin_array();
  for (const Peer& peer : joined.peers) write_peer(out, peer);
  out.end_array();
  write_resume(out, joined.resume);
}

void write_body(json::Writer& out, const PeerJoined& joined) {
  out.name("peer");
  write_peer(out, joined.peer);
}

void write_body(json::Writer& out, const PeerLeft& left) {
  out.name("peer").string(left.peer).name("reason").string(to_text(left.reason));
}

void write_body(json::Writer& out, const RoomError& error) {
  out.name("code").string(to_text(error.code));
  out.name("message").string(json::truncate_utf8(error.message, kErrorTextSizeMax));
}

/// In the order of the variants.
constexpr std::string_view kMessageTypes[] = {
    "description", "candidate", "end-of-candidates", "candidate-removed", "restart",
    "bye",         "reveal"};
constexpr std::string_view kRoomMessageTypes[] = {"join", "joined", "peer-joined", "peer-left",
                                                  "error"};
static_assert(std::size(kMessageTypes) == std::variant_size_v<Message>);
static_assert(std::size(kRoomMessageTypes) == std::variant_size_v<RoomMessage>);

}  // namespace

std::string_view type_of(const Message& message) {
  return kMessageTypes[message.index()];
}

std::string write_message(const Message& message, const Envelope& envelope) {
  json::Writer out;
  out.begin_object().name("type").string(type_of(message));
  std::visit([&](const auto& body) { write_body(out, body); }, message);
  if (!envelope.to.empty()) out.name("to").string(envelope.to);
  if (!envelope.from.empty()) out.name("from").string(envelope.from);
  if (envelope.seq) out.name("seq").unsigned_integer(*envelope.seq);
  return out.end_object().take();
}

std::string write_room_message(const RoomMessage& message) {
  json::Writer out;
  out.begin_object().name("type").string(kRoomMessageTypes[message.index()]);
  std::visit([&](const auto& body) { write_body(out, body); }, message);
  return out.end_object().take();
}

std::string write_join(const Join& join) {
  json::Writer out;
  out.begin_object().name("type").string("join");
  write_body(out, join);
  return out.end_object().take();
}

}  // namespace floe::signal
