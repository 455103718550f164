// The part of Client about datagrams: its hot path.
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

SendStatus Client::send(ClientSocket& socket, const TransportAddress& to, Bytes payload) {
  if (payload.size() > welcome_.max_datagram_size) return SendStatus::too_large;
  const ClientPeers::Route route = socket.peers_.use(to);
  if (route.close) sender_.control(PeerClose{socket.id_, *route.close});
  if (route.open) sender_.control(PeerOpen{socket.id_, *route.open, to});
  if (route.denied) {
    ++stats_.sends_denied;
    return SendStatus::failed;
  }

  std::optional<Stamp> stamp;
  if (welcome_.capabilities.has(Capability::time_stamps)) {
    stamp = TunnelClock::stamp_of(clock_.now());
  }
  const Send full{socket.id_, stamp, to, payload};
  if (!sender_.may_send(encoded_size(full))) {
    sender_.enqueue(clock_.now(), class_of(payload), full);
  } else if (route.peer) {
    sender_.datagram(SendShort{socket.id_, stamp, *route.peer, payload});
  } else {
    sender_.datagram(full);
  }
  ++stats_.datagrams_sent;
  stats_.bytes_sent += payload.size();
  want_flush();
  return SendStatus::sent;
}

void Client::forget(ClientSocket& socket) {
  const auto id = sockets_.forget(socket);
  if (!id) return;
  sender_.forget(*id);
  sender_.control(CloseSocket{*id});
  want_flush();
}

void Client::on_queue_drop(SocketId, QueueDrop why, std::uint32_t count) {
  switch (why) {
    case QueueDrop::full:
      return stats_.dropped.add(DropReason::out_queue_full, count);
    case QueueDrop::too_old:
      return stats_.dropped.add(DropReason::out_too_old, count);
    case QueueDrop::socket_closed:
      return stats_.dropped.add(DropReason::out_no_socket, count);
  }
}

void Client::take(Timestamp now, const Received& received) {
  ClientSocket* socket = sockets_.find(received.socket);
  if (socket == nullptr || !socket->local_) {
    ++stats_.strays;
    return;
  }
  deliver(now, *socket, received.stamp,
          {received.local.value_or(*socket->local_), received.remote, received.payload});
}

void Client::take(Timestamp now, const ReceivedShort& received) {
  ClientSocket* socket = sockets_.find(received.socket);
  const TransportAddress* remote =
      socket == nullptr ? nullptr : socket->peers_.address_of(received.peer);
  if (remote == nullptr || !socket->local_) {
    ++stats_.strays;
    return;
  }
  deliver(now, *socket, received.stamp, {*socket->local_, *remote, received.payload});
}

void Client::take(Timestamp, const Sent& sent) {
  const auto delay = tunnel_clock_.uplink(sent.stamp, sent.at);
  if (delay) stats_.uplink_delay = delay;
}

void Client::deliver(Timestamp now, ClientSocket& socket, const std::optional<Stamp>& stamp,
                     const Datagram& datagram) {
  ++stats_.datagrams_received;
  stats_.bytes_received += datagram.payload.size();
  if (stamp) {
    const auto delay = tunnel_clock_.downlink(*stamp, now);
    if (delay) stats_.downlink_delay = delay;
  }
  socket.deliver(datagram);
}

}  // namespace floe::tunnel
