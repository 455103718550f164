#include "order.h"

#include <charconv>

#include "base64.h"
#include "floe/api/datagram_socket.h"
#include "floe/ice/limits.h"
#include "floe/json/document.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "line_reader.h"

namespace floe::cli {
namespace {

ParsedOrder error(OrderError::Kind kind, std::string_view text) {
  return {std::nullopt, OrderError{kind, text}};
}

ParsedOrder bad_command(std::string_view text) {
  return error(OrderError::Kind::bad_command, text);
}

/// Streams are called by their number, from "0" on.
std::optional<ice::DataStreamId> stream_of(std::string_view mid) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(mid.data(), mid.data() + mid.size(), number);
  const bool is_number = error == std::errc() && end == mid.data() + mid.size();
  if (!is_number || number >= ice::kStreamsMax) return std::nullopt;
  return static_cast<ice::DataStreamId>(number);
}

ParsedOrder parse_send(const json::Value& root) {
  const auto base64 = root.member("base64");
  const auto text = base64 ? base64->string() : std::nullopt;
  if (!text) return bad_command("send needs a member \"base64\" that is a string");
  auto datagram = decode_base64(*text);
  if (!datagram) return bad_command("\"base64\" is not base64 with padding");
  if (datagram->size() > kMaxDatagramSize) {
    return error(OrderError::Kind::too_big, "a datagram has at most 65507 bytes");
  }
  SendOrder order{std::move(*datagram)};
  if (const auto component = root.member("component")) {
    const auto number = component->integer();
    if (!number || *number < 1 || *number > ice::kComponentMax) {
      return bad_command("\"component\" is not 1 to 256");
    }
    order.id.component = static_cast<ice::ComponentId>(*number);
  }
  if (const auto mid = root.member("sdpMid")) {
    const auto stream = mid->string() ? stream_of(*mid->string()) : std::nullopt;
    if (!stream) return bad_command("\"sdpMid\" is not the number of a stream, as a string");
    order.id.stream = *stream;
  }
  return {std::move(order), std::nullopt};
}

ParsedOrder parse_stats(const json::Value& root) {
  const auto id = root.member("id");
  const auto number = id ? id->integer() : std::optional<std::int64_t>(0);
  if (!number) return bad_command("\"id\" is not an integer");
  return {StatsOrder{*number}, std::nullopt};
}

ParsedOrder parse_command(std::string_view command, const json::Value& root) {
  if (command == "send") return parse_send(root);
  if (command == "stats") return parse_stats(root);
  if (command == "restart") return {RestartOrder{}, std::nullopt};
  if (command == "close") return {CloseOrder{}, std::nullopt};
  return {UnknownOrder{}, std::nullopt};
}

}  // namespace

ParsedOrder parse_order(std::string_view line) {
  const auto document = json::Document::parse(line, {LineReader::kLineMax});
  if (!document) return error(OrderError::Kind::bad_message, to_text(document.error().code));
  const json::Value root = document->root();
  if (const auto command = root.member("command")) {
    const auto name = command->string();
    return name ? parse_command(*name, root) : bad_command("\"command\" is not a string");
  }
  if (line.size() > signal::kMessageSizeMax) {
    return error(OrderError::Kind::bad_message, "a signalling message has at most 16384 bytes");
  }
  if (root.member("event") && !root.member("type")) return {UnknownOrder{}, std::nullopt};
  auto message = signal::parse_message(root);
  if (message) return {std::move(message->message), std::nullopt};
  if (message.error() == signal::MessageError::unknown_type) return {UnknownOrder{}, std::nullopt};
  return error(OrderError::Kind::bad_message, to_text(message.error()));
}

}  // namespace floe::cli
