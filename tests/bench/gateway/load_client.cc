#include "gateway/load_client.h"

#include "floe/wire/byte_reader.h"
#include "floe/wire/byte_writer.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

/// The first byte of an RTP packet, so that nobody takes a datagram for STUN.
constexpr std::uint8_t kNotStun = 0x80;
/// That byte, the peer, and the number of the datagram to this peer.
constexpr std::size_t kHeaderSize = 7;

}  // namespace

LoadClient::LoadClient(const Relay& relay, const EchoPeers& peers, const PayloadSizes& sizes)
    : client_(relay.new_client()), sizes_(sizes), peers_(peers.size()), payload_(sizes.max, 0x55) {
  require(kHeaderSize <= sizes.min && sizes.min <= sizes.max, "no such sizes");
  for (std::size_t i = 0; i < peers.size(); ++i) client_->open_peer(i, peers.address(i));
}

void LoadClient::fill(std::size_t window) {
  while (under_way_ < window && client_->may_send(sizes_.max)) send_next();
  client_->flush();
}

void LoadClient::send_next() {
  const std::size_t index = sent_ % peers_.size();
  // A prime step visits all sizes in an order that repeats late.
  const std::size_t size = sizes_.min + sent_ * 7919 % (sizes_.max - sizes_.min + 1);
  const MutableBytes payload = MutableBytes{payload_}.first(size);
  ByteWriter header(payload);
  header.u8(kNotStun);
  header.u16(static_cast<std::uint16_t>(index));
  header.u32(peers_[index].sent++);
  client_->send(index, payload);
  ++sent_;
  ++under_way_;
}

void LoadClient::take() {
  client_->flush();
  client_->receive([this](Bytes payload) { count(payload); });
}

void LoadClient::count(Bytes payload) {
  ByteReader header(payload);
  require(header.u8() == kNotStun, "not a datagram of ours");
  Peer& peer = peers_.at(header.u16());
  const std::uint32_t number = header.u32();
  const auto skipped = static_cast<std::int32_t>(number - peer.settled);
  if (skipped < 0) return;  // given up before
  under_way_ -= static_cast<std::size_t>(skipped) + 1;
  peer.settled = number + 1;
  ++returned_;
}

void LoadClient::give_up() {
  for (Peer& peer : peers_) peer.settled = peer.sent;
  under_way_ = 0;
}

}  // namespace floe::bench
