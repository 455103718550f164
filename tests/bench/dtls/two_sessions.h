// A client and a server of DTLS that hand each other their datagrams at once.
#pragma once

#include "floe/dtls/session.h"

namespace floe::bench {

class TwoSessions {
 public:
  static constexpr Timestamp kNow{1h};

  /// All share two certificates, which are made for the first.
  TwoSessions();

  /// The whole handshake.
  void connect();
  /// Data of the client; what it is sealed into.
  ByteVector seal(Bytes bytes) { return seal(client_, bytes); }
  /// How much of it reached the server's application.
  std::size_t open(Bytes datagram) { return open(server_, datagram); }
  /// Data of the server; how much of it reached the client's application.
  std::size_t answer(Bytes bytes) { return open(client_, seal(server_, bytes)); }

 private:
  static ByteVector seal(dtls::Session& from, Bytes bytes);
  static std::size_t open(dtls::Session& to, Bytes datagram);
  bool hand_over(dtls::Session& from, dtls::Session& to);

  dtls::Session client_;
  dtls::Session server_;
};

}  // namespace floe::bench
