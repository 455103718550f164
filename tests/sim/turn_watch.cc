#include "turn_watch.h"

#include "floe/stun/demultiplex.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/understands.h"
#include "permissions.h"

namespace floe::sim {

using namespace turn;

bool TurnWatch::is_turn(Bytes payload) {
  if (demultiplex(payload) == DatagramKind::turn_channel) return true;
  if (!stun::looks_like_stun(payload)) return false;
  const auto message = stun::MessageView::parse(payload, understands);
  return message && message->method() != stun::Method::binding;
}

std::optional<TurnWatch::Inner> TurnWatch::note_sent(Timestamp now, const TransportAddress& base,
                                                     const TransportAddress& server,
                                                     Bytes payload) {
  Path& via = path(base, server);
  began_allocation_ = false;
  const auto message = stun::MessageView::parse(payload, understands);
  if (message && message->is_request()) {
    began_allocation_ = via.requests.empty();
    note_request(via, *message);
  }
  return inner_of(now, via, via.bound, payload);
}

std::optional<TurnWatch::Inner> TurnWatch::note_arrived(Timestamp now, const TransportAddress& base,
                                                        const TransportAddress& server,
                                                        Bytes payload) {
  Path& via = path(base, server);
  const auto message = stun::MessageView::parse(payload, understands);
  if (message && message->message_class() == stun::Class::success) {
    note_success(now, via, *message);
  }
  return inner_of(now, via, via.asked, payload);
}

void TurnWatch::note_request(Path& path, const stun::MessageView& request) {
  Request noted{request.method(), {}};
  if (const auto peer = request.get<XorPeerAddress>()) noted.peer = peer->address;
  if (const auto channel = request.get<ChannelNumber>()) noted.channel = channel->number;
  if (noted.method == stun::Method::channel_bind) path.asked[noted.channel] = noted.peer;
  path.requests.try_emplace(request.transaction_id(), noted);
}

void TurnWatch::note_success(Timestamp now, Path& path, const stun::MessageView& response) {
  const auto place = path.requests.find(response.transaction_id());
  if (place == path.requests.end()) return;
  Request& request = place->second;
  // A duplicate of an old answer begins nothing anew.
  if (request.is_granted) return;
  request.is_granted = true;
  switch (request.method) {
    case stun::Method::allocate:
      path.relayed.clear();
      for (std::size_t i = 0; const auto relayed = response.get<XorRelayedAddress>(i); ++i) {
        path.relayed.push_back(relayed->address);
      }
      path.granted.clear();
      path.asked.clear();
      path.bound.clear();
      break;
    case stun::Method::channel_bind:
      path.bound[request.channel] = request.peer;
      path.granted[request.peer.ip] = now;
      break;
    case stun::Method::create_permission:
      path.granted[request.peer.ip] = now;
      break;
    default:
      break;
  }
}

std::optional<TurnWatch::Inner> TurnWatch::inner_of(Timestamp now, const Path& path,
                                                    const Channels& channels, Bytes payload) {
  Inner inner;
  if (const auto data = ChannelData::parse(payload)) {
    const auto peer = channels.find(data->channel);
    if (peer == channels.end()) return std::nullopt;
    inner.peer = peer->second;
    inner.payload = data->payload;
  } else {
    const auto message = stun::MessageView::parse(payload, understands);
    const auto peer = message ? message->get<XorPeerAddress>() : stun::AttributeError::absent;
    const auto carried = message ? message->get<Data>() : stun::AttributeError::absent;
    if (!peer || !carried) return std::nullopt;
    inner.peer = peer->address;
    inner.payload = carried->payload;
  }
  for (const TransportAddress& relayed : path.relayed) {
    if (relayed.ip.family() == inner.peer.ip.family()) inner.relayed = relayed;
  }
  const auto granted = path.granted.find(inner.peer.ip);
  inner.is_permitted = granted != path.granted.end() && now - granted->second < kPermissionLifetime;
  return inner;
}

}  // namespace floe::sim
