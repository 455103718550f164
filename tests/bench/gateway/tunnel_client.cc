#include "gateway/tunnel_client.h"

#include <chrono>
#include <thread>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/parse_record.h"
#include "floe/tunnel/records/record_reader.h"
#include "floe/tunnel/records/write_record.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr tunnel::SocketId kSocket{1};
/// Header, socket and peer of SEND_SHORT.
constexpr std::size_t kSendShortOverhead = tunnel::kRecordHeaderSize + 4;
/// So many checks may be sent at once; then they have a rate.
constexpr std::uint32_t kChecksAtOnce = 16;

tunnel::PeerId id_of(std::size_t peer) {
  return tunnel::PeerId(static_cast<std::uint16_t>(peer + 1));
}

}  // namespace

TunnelClient::TunnelClient(std::uint16_t gateway_port, bool over_tls)
    : web_socket_(gateway_port, over_tls, "/tunnel", tunnel::kSubprotocol) {
  put(tunnel::Hello{});
  const IpAddress ip = wait_for(bindable_);
  put(tunnel::Bind{kSocket, {ip, 0, 0}});
  wait_for(bound_);
}

void TunnelClient::open_peer(std::size_t peer, const TransportAddress& remote) {
  opened_.reset();
  put(tunnel::PeerOpen{kSocket, id_of(peer), remote});
  require(wait_for(opened_) == id_of(peer), "another peer was opened");
  if (permission_->state == tunnel::PermissionState::pending) get_consent(peer);
}

/// By a check, which the peers answer.
void TunnelClient::get_consent(std::size_t peer) {
  if (++checks_ > kChecksAtOnce) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const stun::TransactionId id{static_cast<std::uint8_t>(checks_),
                               static_cast<std::uint8_t>(checks_ >> 8)};
  std::array<std::uint8_t, 200> buffer;
  stun::MessageBuilder check(buffer, stun::Class::request, stun::Method::binding, id);
  check.add(stun::Username{"them:us"});
  check.add_message_integrity(*MbedtlsCrypto().hmac_sha1(as_bytes("password")));
  check.add_fingerprint();
  permission_.reset();
  send(peer, *check.finish());
  require(wait_for(permission_).state == tunnel::PermissionState::open, "no consent");
}

bool TunnelClient::may_send(std::size_t payload_size) const {
  return credit_ >= kSendShortOverhead + payload_size;
}

void TunnelClient::send(std::size_t peer, Bytes payload) {
  credit_ -= kSendShortOverhead + payload.size();
  put(tunnel::SendShort{kSocket, {}, id_of(peer), payload});
}

void TunnelClient::flush() {
  if (web_socket_.message_size() != 0) web_socket_.end_message();
  web_socket_.flush();
}

void TunnelClient::receive(const OnDatagram& on_datagram) {
  using namespace tunnel;
  const auto handle_record = [&]<class R>(const R& record) {
    if constexpr (requires { record.payload; }) {
      on_datagram(record.payload);
    } else {
      handle(record);
    }
  };
  while (const auto message = web_socket_.next_message()) {
    RecordReader reader(*message);
    while (const auto raw = reader.next_raw()) {
      require(raw->has_value(), "the gateway sends no records");
      // Of datagrams, those that had to wait come in the full form.
      const auto error = parse_one_of<ReceivedShort, Received, Credit, Dropped, Welcome, Bound,
                                      PeerOpened, PermissionChanged>(**raw, handle_record);
      require(!error, "the gateway sends another record");
    }
  }
}

template <class R>
void TunnelClient::put(const R& record) {
  const std::size_t size = tunnel::encoded_size(record);
  if (web_socket_.message_size() + size > tunnel::kCoalescedMessageSize) web_socket_.end_message();
  ByteWriter out(web_socket_.extend(size));
  tunnel::write_record(out, record);
}

template <class Answer>
const Answer& TunnelClient::wait_for(const std::optional<Answer>& what) {
  flush();
  while (!what) {
    web_socket_.wait();
    receive([](Bytes) {});
  }
  return *what;
}

void TunnelClient::handle(const tunnel::Welcome& welcome) {
  credit_ = welcome.uplink_window;
  tunnel::BindableAddresses addresses = welcome.addresses;
  if (const auto first = addresses.next()) bindable_ = first->ip;
}

void TunnelClient::handle(const tunnel::PeerOpened& opened) {
  require(opened.permission.state != tunnel::PermissionState::denied, "the peer is not allowed");
  permission_ = opened.permission;
  opened_ = opened.peer;
}

}  // namespace floe::bench
