#include "floe/stun/bare_binding.h"

#include "floe/stun/message_builder.h"

namespace floe::stun {

BareBinding write_bare_binding(Class message_class, const TransactionId& id) {
  BareBinding bytes;
  MessageBuilder(bytes, message_class, Method::binding, id).add_fingerprint();
  return bytes;
}

}  // namespace floe::stun
