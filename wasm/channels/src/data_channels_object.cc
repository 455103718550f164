#include "data_channels_object.h"

#include <variant>

namespace floe::wasm {
namespace {

using channels::ChannelId;

constexpr std::uint8_t kCouldNotBegin = 255;

enum class Limit : std::uint8_t { none = 0, retransmissions = 1, lifetime = 2 };

channels::Side read_side(CommandReader& in) {
  return in.flag() ? channels::Side::dtls_client : channels::Side::dtls_server;
}

sctp::Options read_options(CommandReader& in) {
  sctp::Options options;
  options.local_port = in.u16();
  options.remote_port = in.u16();
  options.message_size_max = std::min<std::size_t>(in.u32(), sctp::kMessageSizeMax);
  return options;
}

channels::ChannelOptions read_channel(CommandReader& in) {
  channels::ChannelOptions options;
  options.delivery.ordered = in.flag();
  const auto limit = static_cast<Limit>(in.u8());
  const std::uint16_t value = in.u16();
  if (limit == Limit::retransmissions) options.delivery.retransmissions_max = value;
  if (limit == Limit::lifetime) options.delivery.lifetime_max = std::chrono::milliseconds(value);
  const bool is_negotiated = in.flag();
  const ChannelId id{in.u16()};
  if (is_negotiated) options.negotiated = id;
  options.label = in.text();
  options.protocol = in.text();
  return options;
}

void write_channel(EventWriter& out, const channels::ChannelOptions& options) {
  const sctp::Delivery& delivery = options.delivery;
  Limit limit = Limit::none;
  std::uint16_t value = 0;
  if (delivery.retransmissions_max) {
    limit = Limit::retransmissions;
    value = *delivery.retransmissions_max;
  } else if (delivery.lifetime_max) {
    limit = Limit::lifetime;
    // W3C has no longer lifetime, though DCEP has.
    value = static_cast<std::uint16_t>(
        std::min<std::int64_t>(delivery.lifetime_max->count(), UINT16_MAX));
  }
  out.u8(delivery.ordered ? 1 : 0).u8(static_cast<std::uint8_t>(limit)).u16(value);
  out.u8(options.negotiated ? 1 : 0).u16(options.negotiated.value_or(ChannelId{}).value());
  out.text(options.label).text(options.protocol);
}

}  // namespace

DataChannelsObject::DataChannelsObject(EventWriter& events, RandomSource& random,
                                       std::uint32_t handle, Timestamp now, CommandReader& in)
    // Braces read the fields in their order.
    : DataChannelsObject{events, random, handle, now, read_side(in), read_options(in), in} {}

DataChannelsObject::DataChannelsObject(EventWriter& events, RandomSource& random,
                                       std::uint32_t handle, Timestamp now, channels::Side side,
                                       const sctp::Options& options, CommandReader& in)
    : events_(events),
      handle_(handle),
      options_(options),
      channels_(side, options, sctp::message_size_to(in.u32()), random) {
  if (!channels_.connect(now)) emit(Event::channels_ended).u8(kCouldNotBegin);
  tell_outputs();
}

void DataChannelsObject::handle_command(Timestamp now, Command command, std::uint16_t extra,
                                        CommandReader& in) {
  if (command == Command::channels_packet) {
    const Bytes datagram = in.rest();
    if (sctp::Association::is_packet(options_, datagram)) {
      channels_.handle_packet(now, datagram);
    } else {
      emit(Event::channels_datagram).bytes(datagram);
    }
  } else if (command == Command::channels_open) {
    open(now, extra, in);
  } else if (command == Command::channels_send) {
    send(now, ChannelId{extra}, in);
  } else if (command == Command::channels_close) {
    channels_.close_channel(now, ChannelId{extra});
  }
  tell_outputs();
}

void DataChannelsObject::handle_timeout(Timestamp now) {
  channels_.handle_timeout(now);
  tell_outputs();
}

void DataChannelsObject::close(Timestamp now) {
  channels_.close(now);
  tell_outputs();
}

void DataChannelsObject::open(Timestamp now, std::uint16_t number, CommandReader& in) {
  const channels::ChannelOptions options = read_channel(in);
  const auto id = channels_.open(now, options);
  const std::uint8_t error = id ? 0 : 1 + static_cast<std::uint8_t>(id.error());
  emit(Event::channels_numbered, number).u16(id ? id->value() : 0).u8(error);
}

void DataChannelsObject::send(Timestamp now, ChannelId channel, CommandReader& in) {
  const auto kind = in.flag() ? channels::MessageKind::text : channels::MessageKind::binary;
  const Bytes message = in.rest();
  const channels::SendResult result = channels_.send(now, channel, kind, message);
  if (result == channels::SendResult::sent) {
    waiting_[channel] += message.size();
  } else {
    emit(Event::channels_refused, channel.value())
        .u8(static_cast<std::uint8_t>(result))
        .u32(static_cast<std::uint32_t>(message.size()));
  }
}

void DataChannelsObject::tell_outputs() {
  while (const auto output = channels_.poll_output()) {
    std::visit([this](const auto& one) { tell(one); }, *output);
  }
  tell_taken();
}

void DataChannelsObject::tell(const channels::Transmit& packet) {
  emit(Event::channels_transmit).bytes(packet.packet);
}

void DataChannelsObject::tell(const channels::ChannelOpened& opened) {
  EventWriter& out = emit(Event::channels_opened, opened.channel.value());
  out.u8(opened.by_peer ? 1 : 0);
  write_channel(out, opened.options);
}

void DataChannelsObject::tell(const channels::MessageReceived& message) {
  emit(Event::channels_message, message.channel.value())
      .u8(message.kind == channels::MessageKind::text ? 1 : 0)
      .bytes(message.bytes);
}

void DataChannelsObject::tell(const channels::ChannelClosed& closed) {
  waiting_.erase(closed.channel);
  emit(Event::channels_closed, closed.channel.value());
}

void DataChannelsObject::tell(const channels::Ended& ended) {
  waiting_.clear();
  emit(Event::channels_ended).u8(static_cast<std::uint8_t>(ended.reason));
}

void DataChannelsObject::tell_taken() {
  for (auto& [channel, bytes] : waiting_) {
    const std::size_t left = channels_.buffered(channel);
    if (left >= bytes) continue;
    emit(Event::channels_taken, channel.value()).u32(static_cast<std::uint32_t>(bytes - left));
    bytes = left;
  }
  std::erase_if(waiting_, [](const auto& one) { return one.second == 0; });
}

}  // namespace floe::wasm
