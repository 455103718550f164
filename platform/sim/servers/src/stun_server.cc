#include "floe/sim/stun_server.h"

#include <array>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"

namespace floe::sim {

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
  const auto kind = options_.error ? stun::Class::error : stun::Class::success;
  stun::MessageBuilder builder(buffer, kind, stun::Method::binding, request.transaction_id());
  if (options_.error) {
    builder.add(stun::ErrorCode{*options_.error, "as the test wants it"});
  } else {
    builder.add(stun::XorMappedAddress{source});
  }
  const Bytes message = builder.add_fingerprint().finish().value_or(Bytes());
  return {message.begin(), message.end()};
}

}  // namespace floe::sim
