#include "ice/stun_server.h"

#include <array>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"

namespace floe::testing {
namespace {

template <class... Attributes>
ByteVector respond(const Sent& request, stun::Class message_class,
                   const Attributes&... attributes) {
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  stun::MessageBuilder builder(buffer, message_class, stun::Method::binding,
                               request.message().transaction_id());
  (builder.add(attributes), ...);
  const Bytes bytes = builder.add_fingerprint().finish().value();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

ByteVector server_answer(const Sent& request, const TransportAddress& mapped) {
  return respond(request, stun::Class::success, stun::XorMappedAddress{mapped});
}

ByteVector old_server_answer(const Sent& request, const TransportAddress& mapped) {
  return respond(request, stun::Class::success, stun::MappedAddress{mapped});
}

ByteVector server_error(const Sent& request, std::uint16_t code, std::string_view reason) {
  return respond(request, stun::Class::error, stun::ErrorCode{code, reason});
}

ByteVector server_redirect(const Sent& request, const std::optional<TransportAddress>& alternate) {
  const stun::ErrorCode error{stun::kTryAlternate, "elsewhere"};
  if (!alternate) return respond(request, stun::Class::error, error);
  return respond(request, stun::Class::error, error, stun::AlternateServer{*alternate});
}

}  // namespace floe::testing
