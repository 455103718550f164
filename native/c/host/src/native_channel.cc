// The functions of floe/c/channel.h, in a build with SCTP.
#include "channel_options.h"
#include "connection_channels.h"
#include "native_host.h"
#include "native_room.h"
#include "sized_struct.h"

using floe::c::HostCall;
using floe::c::Refusal;

namespace {

floe_error refuse_channel(floe_connection& connection, const Refusal& refusal) {
  connection.host.log_sink().log(floe::LogLevel::error, "api",
                                 "floe_channel_options: " + refusal.why);
  return refusal.error;
}

floe_error refuse_channel(floe_connection& connection, floe::channels::OpenError error) {
  switch (error) {
    case floe::channels::OpenError::limit:
      return FLOE_ERROR_LIMIT;
    case floe::channels::OpenError::taken:
      return refuse_channel(connection, {FLOE_ERROR_ARGUMENT, "`id` is another channel's"});
    case floe::channels::OpenError::too_long:
      return FLOE_ERROR_ARGUMENT;
    case floe::channels::OpenError::over:
      return FLOE_ERROR_CLOSED;
    case floe::channels::OpenError::no_peer:
      break;
  }
  return FLOE_ERROR_NO_CHANNELS;
}

floe_error error_of(floe::channels::SendResult result) {
  switch (result) {
    case floe::channels::SendResult::sent:
      return FLOE_OK;
    case floe::channels::SendResult::no_channel:
      return FLOE_ERROR_CLOSED;
    case floe::channels::SendResult::too_long:
      return FLOE_ERROR_TOO_BIG;
    case floe::channels::SendResult::full:
      break;
  }
  return FLOE_ERROR_QUEUE_FULL;
}

}  // namespace

floe_error floe_channel_open(floe_connection* connection, const floe_channel_options* options,
                             floe_channel** channel) {
  if (connection == nullptr || channel == nullptr) return FLOE_ERROR_ARGUMENT;
  floe_channel_options known{};
  if (options != nullptr) {
    const auto read = floe::c::read_sized(options, sizeof(options->size));
    if (!read) return FLOE_ERROR_SIZE;
    known = *read;
  }
  auto wanted = floe::c::read_channel_options(known);
  if (!wanted) return refuse_channel(*connection, wanted.error());
  if (connection->connection.state() == floe::ice::State::closed) return FLOE_ERROR_CLOSED;
  if (connection->channels == nullptr) return FLOE_ERROR_NO_CHANNELS;
  const HostCall call(connection->host);
  const auto opened = connection->channels->open(std::move(*wanted), known.user);
  if (!opened) return refuse_channel(*connection, opened.error());
  *channel = *opened;
  return FLOE_OK;
}

floe_error floe_channel_send(floe_channel* channel, std::uint32_t kind, const void* data,
                             std::size_t size) {
  if (channel == nullptr || (data == nullptr && size != 0)) return FLOE_ERROR_ARGUMENT;
  if (kind != FLOE_MESSAGE_TEXT && kind != FLOE_MESSAGE_BINARY) return FLOE_ERROR_ARGUMENT;
  const HostCall call(channel->connection.host);
  const floe::Bytes message(static_cast<const std::uint8_t*>(data), size);
  // A callback may release the handle during the call.
  const std::shared_ptr<floe::DataChannel> sender = channel->channel;
  return error_of(kind == FLOE_MESSAGE_TEXT ? sender->send(floe::as_text(message))
                                            : sender->send(message));
}

void floe_channel_close(floe_channel* channel) {
  if (channel == nullptr) return;
  const HostCall call(channel->connection.host);
  const std::shared_ptr<floe::DataChannel> closing = channel->channel;
  closing->close();
}

floe_channel_state floe_channel_get_state(const floe_channel* channel) {
  if (channel == nullptr) return FLOE_CHANNEL_CLOSED;
  switch (channel->channel->state()) {
    case floe::DataChannel::State::connecting:
      return FLOE_CHANNEL_CONNECTING;
    case floe::DataChannel::State::open:
      return FLOE_CHANNEL_OPEN;
    case floe::DataChannel::State::closing:
      return FLOE_CHANNEL_CLOSING;
    case floe::DataChannel::State::closed:
      break;
  }
  return FLOE_CHANNEL_CLOSED;
}

std::size_t floe_channel_buffered_amount(const floe_channel* channel) {
  return channel == nullptr ? 0 : channel->channel->buffered_amount();
}

void floe_channel_set_buffered_low_threshold(floe_channel* channel, std::size_t bytes) {
  if (channel != nullptr) channel->channel->set_buffered_low_threshold(bytes);
}

const char* floe_channel_label(const floe_channel* channel) {
  return channel == nullptr ? "" : channel->channel->label().c_str();
}

const char* floe_channel_protocol(const floe_channel* channel) {
  return channel == nullptr ? "" : channel->channel->protocol().c_str();
}

std::int32_t floe_channel_id(const floe_channel* channel) {
  if (channel == nullptr || !channel->channel->id()) return -1;
  return channel->channel->id()->value();
}

floe_connection* floe_channel_connection(const floe_channel* channel) {
  return channel == nullptr ? nullptr : &channel->connection;
}

void floe_channel_set_user(floe_channel* channel, void* user) {
  if (channel != nullptr) channel->user = user;
}

void* floe_channel_get_user(const floe_channel* channel) {
  return channel == nullptr ? nullptr : channel->user;
}

std::size_t floe_connection_max_message_size(const floe_connection* connection) {
  if (connection == nullptr || connection->channels == nullptr) return 0;
  return connection->channels->message_size_max();
}
