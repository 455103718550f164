#include "incoming_message.h"

#include "floe/json/document.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"

namespace floe::signal {
namespace {

bool is_from_server(const json::Value& root) {
  const auto type = parse_type(root);
  return type && is_room_message_type(*type) && !root.member("from");
}

Result<IncomingMessage, MessageError> parse_from_server(const json::Value& root) {
  auto parsed = parse_room_message(root);
  if (!parsed) return parsed.error();
  return IncomingMessage{std::move(parsed->message), parsed->ignored_members};
}

Result<IncomingMessage, MessageError> parse_from_peer(const json::Value& root) {
  auto envelope = parse_envelope(root);
  if (!envelope) return envelope.error();
  auto parsed = parse_message(root);
  if (!parsed) return parsed.error();
  return IncomingMessage{PeerMessage{std::move(parsed->message), std::move(*envelope)},
                         parsed->ignored_members};
}

}  // namespace

Result<IncomingMessage, MessageError> parse_incoming_message(std::string_view text) {
  const auto document = json::Document::parse(text, kRelayedLimits);
  if (!document) return to_message_error(document.error().code);
  const json::Value root = document->root();
  return is_from_server(root) ? parse_from_server(root) : parse_from_peer(root);
}

}  // namespace floe::signal
