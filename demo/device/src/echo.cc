#include "echo.h"

namespace floe::device {

Echo::Echo(const Host& host, Connection& connection, Counters& counters)
    : counters_(counters), channels_(host, connection) {
  connection.on_datagram = [&](ice::ComponentId component, Bytes datagram) {
    if (connection.send(datagram, component)) ++counters_.echoed;
  };
  channels_.on_channel = [this](const Handle& channel) { echo_on(channel); };
}

void Echo::echo_on(const Handle& channel) {
  ++counters_.channels;
  // The channel keeps its function, so the function must not keep the channel.
  DataChannel* const raw = channel.get();
  channel->on_message = [this, raw](channels::MessageKind kind, Bytes message) {
    const auto result =
        kind == channels::MessageKind::text ? raw->send(as_text(message)) : raw->send(message);
    if (result == channels::SendResult::sent) ++counters_.echoed;
  };
}

}  // namespace floe::device
