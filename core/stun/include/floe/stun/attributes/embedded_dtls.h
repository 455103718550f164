// DTLS inside checks and their answers (SPED, draft-hancke-webrtc-sped). The numbers of the types
// are provisional.
//
// Nobody has to know them, and anybody on the path could add them to a message that is not signed:
// read them when the integrity of the message is checked.
#pragma once

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Section "DTLS-IN-STUN-DATA": "one DTLS handshake packet", that is, one datagram.
struct DtlsInStun {
  static constexpr AttributeType kType = AttributeType::meta_dtls_in_stun;
  Bytes datagram = {};  ///< a view of the message; may be empty

  static Result<DtlsInStun, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(datagram); }
};

/// Section "DTLS-IN-STUN-ACK": "a list of uint32 entries, where each entry is the computed CRC-32
/// of a received DTLS handshake packet".
struct DtlsInStunAck {
  static constexpr AttributeType kType = AttributeType::meta_dtls_in_stun_acknowledgement;
  Bytes checksums = {};  ///< of four bytes each, as they are on the wire; may be empty

  static Result<DtlsInStunAck, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(checksums); }
};

}  // namespace floe::stun
