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

std::optional<std::uint16_t> channel_of(const json::Value& root, std::string_view name) {
  const auto member = root.member(name);
  const auto number = member ? member->integer() : std::nullopt;
  if (!number || *number < 0 || *number > UINT16_MAX) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

ParsedOrder parse_message_order(const json::Value& root) {
  const auto channel = channel_of(root, "channel");
  if (!channel) return bad_command("\"channel\" is not the number of a channel");
  SendMessageOrder order{.channel = *channel, .message = {}};
  if (const auto text = root.member("text")) {
    if (!text->string()) return bad_command("\"text\" is not a string");
    const Bytes bytes = as_bytes(*text->string());
    order.message.assign(bytes.begin(), bytes.end());
    return {ChannelOrder(std::move(order)), std::nullopt};
  }
  const auto base64 = root.member("base64");
  auto bytes = base64 && base64->string() ? decode_base64(*base64->string()) : std::nullopt;
  if (!bytes) return bad_command("a message needs a member \"text\", or \"base64\" with padding");
  order.kind = channels::MessageKind::binary;
  order.message = std::move(*bytes);
  return {ChannelOrder(std::move(order)), std::nullopt};
}

/// Members and defaults of W3C's RTCDataChannelInit, and the label.
ParsedOrder parse_open_channel(const json::Value& root) {
  OpenChannelOrder order;
  channels::ChannelOptions& options = order.options;
  const auto label = root.member("label");
  if (label && label->string()) options.label = *label->string();
  const auto protocol = root.member("protocol");
  if (protocol && protocol->string()) options.protocol = *protocol->string();
  const auto ordered = root.member("ordered");
  if (ordered) options.delivery.ordered = ordered->boolean().value_or(true);
  options.delivery.retransmissions_max = channel_of(root, "maxRetransmits");
  if (const auto lifetime = channel_of(root, "maxPacketLifeTime")) {
    options.delivery.lifetime_max = std::chrono::milliseconds(*lifetime);
  }
  if (options.delivery.retransmissions_max && options.delivery.lifetime_max) {
    return bad_command("\"maxRetransmits\" and \"maxPacketLifeTime\" exclude each other");
  }
  if (const auto id = channel_of(root, "id")) options.negotiated = channels::ChannelId(*id);
  return {ChannelOrder(std::move(order)), std::nullopt};
}

ParsedOrder parse_close_channel(const json::Value& root) {
  const auto channel = channel_of(root, "channel");
  if (!channel) return bad_command("\"channel\" is not the number of a channel");
  return {ChannelOrder(CloseChannelOrder{*channel}), std::nullopt};
}

ParsedOrder parse_stats(const json::Value& root) {
  const auto id = root.member("id");
  const auto number = id ? id->integer() : std::optional<std::int64_t>(0);
  if (!number) return bad_command("\"id\" is not an integer");
  return {StatsOrder{*number}, std::nullopt};
}

ParsedOrder parse_command(std::string_view command, const json::Value& root) {
  if (command == "send")
    return root.member("channel") ? parse_message_order(root) : parse_send(root);
  if (command == "open-channel") return parse_open_channel(root);
  if (command == "close-channel") return parse_close_channel(root);
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
