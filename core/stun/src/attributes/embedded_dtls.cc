#include "floe/stun/attributes/embedded_dtls.h"

namespace floe::stun {

Result<DtlsInStun, AttributeError> DtlsInStun::parse(Bytes value, const MessageView&) {
  return DtlsInStun{value};
}

Result<DtlsInStunAck, AttributeError> DtlsInStunAck::parse(Bytes value, const MessageView&) {
  if (value.size() % sizeof(std::uint32_t) != 0) return AttributeError::malformed;
  return DtlsInStunAck{value};
}

}  // namespace floe::stun
