// The attributes by which an allocation is asked for and kept (RFC 8656, sections 18.2 and 18.6 to
// 18.12).
#pragma once

#include <array>
#include <string_view>

#include "floe/stun/message_view.h"
#include "floe/types/address.h"
#include "floe/wire/byte_writer.h"

namespace floe::turn {

/// Section 18.2: how long the allocation lives without a Refresh.
struct Lifetime {
  static constexpr stun::AttributeType kType = stun::AttributeType::lifetime;
  std::uint32_t seconds = 0;  ///< 0 releases the allocation

  static Result<Lifetime, stun::AttributeError> parse(Bytes value, const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const { out.u32(seconds); }
};

/// Section 18.6: the family of the relayed address.
struct RequestedAddressFamily {
  static constexpr stun::AttributeType kType = stun::AttributeType::requested_address_family;
  Family family = Family::ipv4;

  static Result<RequestedAddressFamily, stun::AttributeError> parse(Bytes value,
                                                                    const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

/// Section 18.11: a second relayed address, in addition to an IPv4 one; "0x02 (IPv6 address) is the
/// only valid value in Allocate request"; the server checks that, not this parser.
struct AdditionalAddressFamily {
  static constexpr stun::AttributeType kType = stun::AttributeType::additional_address_family;
  Family family = Family::ipv6;

  static Result<AdditionalAddressFamily, stun::AttributeError> parse(Bytes value,
                                                                     const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

/// Section 18.7: an even port, for RTP.
struct EvenPort {
  static constexpr stun::AttributeType kType = stun::AttributeType::even_port;
  bool reserves_next = false;  ///< the next higher port is to be reserved for RTCP

  static Result<EvenPort, stun::AttributeError> parse(Bytes value, const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

/// The protocol number of UDP, the only one that can be relayed without RFC 6062.
inline constexpr std::uint8_t kProtocolUdp = 17;

/// Section 18.8: the transport protocol to relay.
struct RequestedTransport {
  static constexpr stun::AttributeType kType = stun::AttributeType::requested_transport;
  std::uint8_t protocol = kProtocolUdp;  ///< an IP protocol number

  static Result<RequestedTransport, stun::AttributeError> parse(Bytes value,
                                                                const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

/// Section 18.9: datagrams are to leave the server with the DF bit.
struct DontFragment {
  static constexpr stun::AttributeType kType = stun::AttributeType::dont_fragment;

  static Result<DontFragment, stun::AttributeError> parse(Bytes value, const stun::MessageView&);
  void write(ByteWriter&, const stun::TransactionId&) const {}
};

/// Section 18.10: the port that an EVEN-PORT reserved.
struct ReservationToken {
  static constexpr stun::AttributeType kType = stun::AttributeType::reservation_token;
  std::array<std::uint8_t, 8> value{};

  static Result<ReservationToken, stun::AttributeError> parse(Bytes value,
                                                              const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const { out.bytes(value); }
};

/// Section 18.12: why there is no relayed address of this family, in an answer that has an address
/// of the other family.
struct AddressErrorCode {
  static constexpr stun::AttributeType kType = stun::AttributeType::address_error_code;
  Family family = Family::ipv6;
  std::uint16_t code = 0;   ///< 300 to 699
  std::string_view reason;  ///< when parsed, a view of the message, and untrusted

  static Result<AddressErrorCode, stun::AttributeError> parse(Bytes value,
                                                              const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

}  // namespace floe::turn
