#include "long_checks.h"

#include "floe/wire/byte_reader.h"
#include "stun/hex.h"
#include "stun/raw_message.h"

namespace floe::sim {

class LongChecks::Socket final : public DatagramSocket, private DatagramListener {
 public:
  Socket(LongChecks& owner, const BindRequest& request, DatagramListener& listener)
      : owner_(owner),
        listener_(listener),
        socket_(owner.host_.datagram_sockets.open(request, *this)) {}

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    return socket_->send(to, owner_.filled(payload));
  }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    listener_.on_bound(*this, local);
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    listener_.on_socket_failed(*this, error);
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    listener_.on_datagram(*this, datagram);
  }

  LongChecks& owner_;
  DatagramListener& listener_;
  std::unique_ptr<DatagramSocket> socket_;
};

Host LongChecks::host() {
  return {host_.clock,  host_.timers, *this,          host_.network, host_.random,
          host_.crypto, host_.log,    host_.resolver, host_.streams, host_.local_names};
}

std::unique_ptr<DatagramSocket> LongChecks::open(const BindRequest& request,
                                                 DatagramListener& listener) {
  return std::make_unique<Socket>(*this, request, listener);
}

ByteVector LongChecks::filled(Bytes payload) {
  const auto message = stun::MessageView::parse(payload);
  const bool is_of_a_check = message && message->method() == stun::Method::binding &&
                             message->has_integrity() &&
                             message->message_class() != stun::Class::error;
  if (!is_of_a_check) return {payload.begin(), payload.end()};
  ++count_;
  return fill(*message);
}

ByteVector LongChecks::fill(const stun::MessageView& message) const {
  testing::RawMessage raw(stun::encode_type(message.message_class(), message.method()),
                          testing::to_hex(message.transaction_id()));
  ByteReader reader(message.bytes().first(message.integrity_offset()));
  reader.skip(stun::kHeaderSize);
  while (reader.remaining() > 0) {
    const std::uint16_t type = reader.u16();
    const std::uint16_t length = reader.u16();
    raw.attribute(type, reader.take(length));
    reader.skip(stun::padded(length) - length);
  }
  // RFC 8445, section 7.2.2: a request is signed with the peer's password, and its answer, too.
  const std::string password = message.is_request() ? agent_->remote_credentials()->password
                                                    : agent_->local_credentials().password;
  const auto key = crypto_.hmac_sha1(as_bytes(password));
  raw.fill(size_ - stun::attribute_size(20) - stun::attribute_size(4));
  return raw.integrity(*key).fingerprint().bytes();
}

}  // namespace floe::sim
