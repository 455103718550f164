#include "data_path.h"

#include <utility>

#include "floe/stun/bare_binding.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"

namespace floe::turn {

DataPath::DataPath(Transport transport, RandomSource& random, const PeerAccess& access, Outbox& out,
                   AllocationCounters& counters)
    : transport_(transport), random_(random), access_(access), out_(out), counters_(counters) {}

// To the peers ------------------------------------------------------------------------------------

bool DataPath::send(Timestamp now, const TransportAddress& peer, Bytes payload) {
  if (access_.is_permitted(now, peer) && payload.size() <= kPayloadSizeMax) {
    write(now, peer, payload);
    return true;
  }
  const bool may_wait = access_.is_awaited(now, peer) && payload.size() <= kWaitingSizeMax &&
                        waiting_.size() < kWaitingMax;
  if (!may_wait) {
    ++counters_.sends_dropped;
    return false;
  }
  waiting_.push_back({peer, ByteVector(payload.begin(), payload.end())});
  return true;
}

void DataPath::send_waiting(Timestamp now) {
  auto waiting = std::exchange(waiting_, {});
  for (Waiting& datagram : waiting) {
    if (access_.is_permitted(now, datagram.peer)) {
      write(now, datagram.peer, datagram.payload);
    } else if (access_.is_refused(datagram.peer)) {
      ++counters_.sends_dropped;
    } else {
      waiting_.push_back(std::move(datagram));
    }
  }
}

void DataPath::write(Timestamp now, const TransportAddress& peer, Bytes payload) {
  if (const auto channel = access_.channel_of(now, peer)) {
    write_channel_data(now, *channel, payload);
  } else {
    write_send_indication(now, peer, payload);
  }
}

void DataPath::write_channel_data(Timestamp now, std::uint16_t channel, Bytes payload) {
  const bool is_padded = is_stream(transport_);
  const std::size_t padding = is_padded ? (4 - payload.size() % 4) % 4 : 0;
  ByteWriter out(out_.add(now, kChannelHeaderSize + payload.size() + padding));
  ChannelData{channel, payload}.write(out, is_padded);
}

void DataPath::write_send_indication(Timestamp now, const TransportAddress& peer, Bytes payload) {
  stun::TransactionId id;
  random_.fill(id);
  // The header, the longest address, DATA's own header and its padding.
  ByteVector buffer(stun::kHeaderSize + 24 + stun::kAttributeHeaderSize + payload.size() + 3);
  stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::send, id);
  const auto message = builder.add(XorPeerAddress{peer}).add(Data{payload}).finish();
  if (message) out_.add(now, *message);
}

Timestamp DataPath::keepalive_at() const {
  return is_stream(transport_) ? kNever : out_.last_added_at() + kIdleKeepalive;
}

/// RFC 8489, section 6.1: a Binding indication, which the server does not answer, is the shortest
/// message that it accepts.
void DataPath::send_keepalive(Timestamp now) {
  stun::TransactionId id;
  random_.fill(id);
  out_.add(now, Bytes(stun::write_bare_binding(stun::Class::indication, id)));
}

// From the peers ----------------------------------------------------------------------------------

std::optional<PeerData> DataPath::read_channel_data(Timestamp now, Bytes message) {
  const auto data = ChannelData::parse(message);
  if (!data) {
    ++counters_.malformed;
    return std::nullopt;
  }
  const auto peer = access_.peer_of(now, data->channel);
  if (!peer) {
    ++counters_.unexpected;
    return std::nullopt;
  }
  return PeerData{*peer, data->payload};
}

std::optional<PeerData> DataPath::read_indication(Timestamp now,
                                                  const stun::MessageView& indication) {
  const auto peer = indication.get<XorPeerAddress>();
  if (!peer || !indication.unknown_types().empty()) {
    ++counters_.malformed;
    return std::nullopt;
  }
  if (indication.has(stun::AttributeType::icmp)) {
    ++counters_.unreachable_peers;
    return std::nullopt;
  }
  const auto data = indication.get<Data>();
  if (!data) {
    ++counters_.malformed;
    return std::nullopt;
  }
  // Section 11.4: "The client SHOULD also check that the XOR-PEER-ADDRESS attribute value contains
  // an IP address with which the client believes there is an active permission and discard the Data
  // indication otherwise."
  if (!access_.is_permitted(now, peer->address)) {
    ++counters_.without_permission;
    return std::nullopt;
  }
  return PeerData{peer->address, data->payload};
}

}  // namespace floe::turn
