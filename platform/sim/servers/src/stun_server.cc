#include "floe/sim/stun_server.h"

#include <array>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"

namespace floe::sim {
namespace {

/// Zeros of an attribute of no meaning.
struct Filler {
  static constexpr auto kType = static_cast<stun::AttributeType>(0xfe0e);
  std::size_t size;
  void write(ByteWriter& out, const stun::TransactionId&) const { out.zeros(size); }
};

}  // namespace

StunServer::StunServer(SimHost& host, const IpAddress& ip, const StunServerOptions& options)
    : host_(host),
      options_(options),
      socket_(host.api().datagram_sockets.open({ip, options.port, options.port}, *this)) {}

void StunServer::on_datagram(DatagramSocket&, const Datagram& datagram) {
  const auto request = stun::MessageView::parse(datagram.payload);
  if (!request || !request->is_request() || request->method() != stun::Method::binding) return;
  ++requests_;
  if (options_.is_silent) return;
  const TransportAddress client = datagram.remote;
  const ByteVector message = answer(*request, client);
  if (options_.thinking_time == 0ms) {
    socket_->send(client, message);
    return;
  }
  host_.schedule(host_.api().clock.now() + options_.thinking_time,
                 [this, client, message] { socket_->send(client, message); });
}

ByteVector StunServer::answer(const stun::MessageView& request,
                              const TransportAddress& source) const {
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  const std::size_t size = options_.answer_size == 0 ? buffer.size() : options_.answer_size;
  const auto kind = options_.error ? stun::Class::error : stun::Class::success;
  stun::MessageBuilder builder(MutableBytes(buffer).first(size), kind, stun::Method::binding,
                               request.transaction_id());
  if (options_.error) {
    builder.add(stun::ErrorCode{*options_.error, "as the test wants it"});
  } else {
    builder.add(stun::XorMappedAddress{source});
  }
  if (options_.answer_size != 0) {
    const std::size_t fingerprint = stun::attribute_size(4);
    builder.add(Filler{builder.space() - stun::kAttributeHeaderSize - fingerprint});
  }
  const Bytes message = builder.add_fingerprint().finish().value_or(Bytes());
  return {message.begin(), message.end()};
}

}  // namespace floe::sim
