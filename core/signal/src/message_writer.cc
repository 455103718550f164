#include "floe/signal/json_writer.h"
#include "floe/signal/message_codec.h"
#include "utf8.h"

namespace floe::signal {
namespace {

void write_init(JsonWriter& json, const CandidateInit& init) {
  json.name("candidate").string(init.candidate).name("sdpMid").string(init.sdp_mid);
}

void write_ufrag(JsonWriter& json, std::string_view ufrag) {
  json.name("usernameFragment").string(ufrag);
}

void write_optional(JsonWriter& json, std::optional<std::string_view> text) {
  if (text) {
    json.string(*text);
  } else {
    json.null();
  }
}

void write_body(JsonWriter& json, const Description& description) {
  write_ufrag(json, description.credentials.ufrag);
  json.name("password").string(description.credentials.password);
  json.name("iceLite").boolean(description.ice_lite);
  json.name("iceOptions").begin_array();
  for (const std::string& option : description.ice_options) json.string(option);
  json.end_array();
  if (description.role) json.name("role").string(to_text(*description.role));
  json.name("remoteUsernameFragment");
  write_optional(json, description.remote_ufrag);
  json.name("candidates").begin_array();
  for (const CandidateInit& init : description.candidates) {
    json.begin_object();
    write_init(json, init);
    json.end_object();
  }
  json.end_array();
  json.name("endOfCandidates").boolean(description.end_of_candidates);
}

void write_body(JsonWriter& json, const CandidateMessage& message) {
  write_ufrag(json, message.ufrag);
  write_init(json, message.init);
}

void write_body(JsonWriter& json, const EndOfCandidates& message) {
  write_ufrag(json, message.ufrag);
  json.name("sdpMid").string(message.sdp_mid);
}

void write_body(JsonWriter& json, const CandidateRemoved& message) {
  write_ufrag(json, message.ufrag);
  write_init(json, message.init);
}

void write_body(JsonWriter&, const RestartRequest&) {}

void write_body(JsonWriter& json, const Bye& bye) {
  json.name("reason").string(truncate_utf8(bye.reason, kReasonSizeMax));
}

void write_peer(JsonWriter& json, const Peer& peer) {
  json.begin_object();
  json.name("id").string(peer.id).name("name").string(peer.name);
  json.end_object();
}

void write_resume(JsonWriter& json, std::string_view resume) {
  if (!resume.empty()) json.name("resume").string(resume);
}

void write_body(JsonWriter& json, const Join& join) {
  json.name("name").string(join.name);
  if (!join.token.empty()) json.name("token").string(join.token);
  write_resume(json, join.resume);
}

void write_body(JsonWriter& json, const Joined& joined) {
  json.name("self").string(joined.self).name("peers").begin_array();
  for (const Peer& peer : joined.peers) write_peer(json, peer);
  json.end_array();
  write_resume(json, joined.resume);
}

void write_body(JsonWriter& json, const PeerJoined& joined) {
  json.name("peer");
  write_peer(json, joined.peer);
}

void write_body(JsonWriter& json, const PeerLeft& left) {
  json.name("peer").string(left.peer).name("reason").string(to_text(left.reason));
}

void write_body(JsonWriter& json, const RoomError& error) {
  json.name("code").string(to_text(error.code));
  json.name("message").string(truncate_utf8(error.message, kErrorTextSizeMax));
}

/// In the order of the variants.
constexpr std::string_view kMessageTypes[] = {"description",       "candidate", "end-of-candidates",
                                              "candidate-removed", "restart",   "bye"};
constexpr std::string_view kRoomMessageTypes[] = {"join", "joined", "peer-joined", "peer-left",
                                                  "error"};
static_assert(std::size(kMessageTypes) == std::variant_size_v<Message>);
static_assert(std::size(kRoomMessageTypes) == std::variant_size_v<RoomMessage>);

}  // namespace

std::string_view type_of(const Message& message) {
  return kMessageTypes[message.index()];
}

std::string write_message(const Message& message, const Envelope& envelope) {
  JsonWriter json;
  json.begin_object().name("type").string(type_of(message));
  std::visit([&](const auto& body) { write_body(json, body); }, message);
  if (!envelope.to.empty()) json.name("to").string(envelope.to);
  if (!envelope.from.empty()) json.name("from").string(envelope.from);
  if (envelope.seq) json.name("seq").unsigned_integer(*envelope.seq);
  return json.end_object().take();
}

std::string write_room_message(const RoomMessage& message) {
  JsonWriter json;
  json.begin_object().name("type").string(kRoomMessageTypes[message.index()]);
  std::visit([&](const auto& body) { write_body(json, body); }, message);
  return json.end_object().take();
}

}  // namespace floe::signal
