#include "turn/turn_client.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "floe/native/posix_address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_view.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/understands.h"
#include "floe/wire/byte_writer.h"
#include "long_term_key.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::string_view kUser = "bench";
constexpr std::string_view kPassword = "bench";
constexpr int kAnswerWaitMs = 500;
constexpr int kTriesMax = 5;

}  // namespace

TurnClient::TurnClient(std::uint16_t server_port, const TransportAddress& local,
                       Transport transport)
    : transport_(transport),
      fd_(socket(AF_INET, (transport == Transport::udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC,
                 0)) {
  require(fd_.is_open(), "no descriptors left (see ulimit -n)");
  const native::PosixAddress own(local);
  require(bind(fd_.get(), own.get(), own.length()) == 0, "a port is taken");
  const native::PosixAddress server({IpAddress::v4(127, 0, 0, 1), server_port});
  require(connect(fd_.get(), server.get(), server.length()) == 0, "no way to the server");
}

Bytes TurnClient::exchange(stun::Method method, const Fill& fill) {
  stun::TransactionId id{};
  ByteWriter(id).u32(++requests_);
  stun::MessageBuilder builder(request_, stun::Class::request, method, id);
  fill(builder);
  if (!nonce_.empty()) {
    builder.add(stun::Username{kUser}).add(stun::Realm{realm_}).add(stun::Nonce{nonce_});
    const ByteVector key =
        stun::long_term_key(crypto_, stun::PasswordHash::md5, kUser, realm_, kPassword);
    builder.add_message_integrity(*crypto_.hmac_sha1(key));
  }
  const Bytes request = *builder.finish();
  for (int tries = 0; tries < kTriesMax; ++tries) {
    // TCP loses nothing, and brings a short message in one piece on loopback.
    if (tries == 0 || transport_ == Transport::udp) {
      (void)send(fd_.get(), request.data(), request.size(), MSG_NOSIGNAL);
    }
    pollfd waiting{fd_.get(), POLLIN, 0};
    if (poll(&waiting, 1, kAnswerWaitMs) != 1) continue;
    const ssize_t size = recv(fd_.get(), answer_.data(), answer_.size(), 0);
    if (size > 0) return Bytes(answer_).first(static_cast<std::size_t>(size));
  }
  require(false, "the server does not answer");
  return {};
}

Bytes TurnClient::ask(stun::Method method, const Fill& fill) {
  Bytes bytes = exchange(method, fill);
  auto message = stun::MessageView::parse(bytes, turn::understands);
  require(static_cast<bool>(message), "the server does not speak STUN");
  if (message->message_class() == stun::Class::error && message->get<stun::Nonce>()) {
    nonce_ = message->get<stun::Nonce>()->text;
    realm_ = message->get<stun::Realm>()->text;
    bytes = exchange(method, fill);
    message = stun::MessageView::parse(bytes, turn::understands);
  }
  require(message && message->message_class() == stun::Class::success, "the server refuses");
  return bytes;
}

void TurnClient::allocate() {
  const Bytes bytes =
      ask(stun::Method::allocate, [](auto& builder) { builder.add(turn::RequestedTransport{}); });
  const auto message = stun::MessageView::parse(bytes, turn::understands);
  relayed_ = message->get<turn::XorRelayedAddress>()->address;
}

void TurnClient::bind_channel(std::uint16_t channel, const TransportAddress& peer) {
  (void)ask(stun::Method::channel_bind, [&](auto& builder) {
    builder.add(turn::ChannelNumber{channel}).add(turn::XorPeerAddress{peer});
  });
}

}  // namespace floe::bench
