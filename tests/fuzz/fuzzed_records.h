// Records of a tunnel's client that are valid by themselves, chosen by bytes: a fuzzer would hardly
// find them, with their lengths and ids.
#pragma once

#include "floe/tunnel/records/write_record.h"
#include "fuzzed_input.h"

namespace floe::fuzz {

/// A message of one record. `kind` is 0 to kRecordKinds - 1.
inline constexpr std::size_t kRecordKinds = 15;

inline TransportAddress fuzzed_peer(FuzzedInput& in) {
  return {IpAddress::v4(198, 51, 100, static_cast<std::uint8_t>(in.below(4))), 5000};
}

template <class R>
ByteVector message_of(const R& record) {
  ByteVector message(tunnel::encoded_size(record));
  ByteWriter out{message};
  tunnel::write_record(out, record);
  return message;
}

inline ByteVector fuzzed_record(std::size_t kind, FuzzedInput& in) {
  using namespace tunnel;
  // Ids from a few, of which some are beyond the limits.
  const auto id = [&in](std::size_t count) {
    return static_cast<std::uint16_t>(1 + in.below(count));
  };
  const auto stamp = [&in] {
    const std::uint8_t choice = in.u8();
    return choice % 2 == 0 ? std::nullopt : std::optional<Stamp>{choice};
  };
  switch (kind) {
    case 0:
      return message_of(Bind{SocketId{id(9)}, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
    case 1:
      return message_of(CloseSocket{SocketId{id(9)}});
    case 2:
      return message_of(PeerOpen{SocketId{id(3)}, PeerId{id(5)}, fuzzed_peer(in)});
    case 3:
      return message_of(PeerClose{SocketId{id(3)}, PeerId{id(5)}});
    case 4: {
      const auto of = stamp();
      const SocketId socket{id(3)};
      const TransportAddress to = fuzzed_peer(in);
      return message_of(Send{socket, of, to, ByteVector(in.u16() % 16'384, 7)});
    }
    case 5: {
      const auto of = stamp();
      const SocketId socket{id(3)};
      const PeerId to{id(5)};
      return message_of(SendShort{socket, of, to, in.bytes(in.u8())});
    }
    case 6:
      return message_of(Resolve{LookupId{id(10)}, LookupFamily::any, "turn.example.org"});
    case 7: {
      const TcpId connection{id(5)};
      const bool is_tls = in.flag();
      const TransportAddress server = fuzzed_peer(in);
      return message_of(TcpOpen{connection, is_tls ? TcpKind::turns : TcpKind::turn, server,
                                1u + in.u16(), is_tls ? "turn.example.org" : ""});
    }
    case 8: {
      const TcpId connection{id(5)};
      const ByteVector data(1 + in.u16() % 9000, 7);
      return message_of(TcpData{connection, data});
    }
    case 9:
      return message_of(TcpCredit{TcpId{id(5)}, 1u + in.u16()});
    case 10:
      return message_of(TcpClose{TcpId{id(5)}, TcpCloseReason::finished});
    case 11:
      return message_of(Ping{in.u8()});
    case 12:
      return message_of(Alarm{in.u8(), std::chrono::milliseconds(in.u8())});
    case 13:
      return message_of(Error{ErrorCode::limit, 0, 0, "limit"});
    default:
      return message_of(Pong{in.u8(), in.u8()});
  }
}

}  // namespace floe::fuzz
