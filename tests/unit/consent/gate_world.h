// A gate with a clock, and the messages that pass it.
#pragma once

#include "floe/consent/consent_gate.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/embedded_dtls.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"

namespace floe::consent::test {

inline TransportAddress at(std::uint8_t host, std::uint16_t port = 40000) {
  return {IpAddress::v4(198, 51, 100, host), port};
}

inline const TransportAddress kPeer = at(7);
inline const Bytes kData = as_bytes("no STUN");

/// What a message has beside its header.
struct Parts {
  bool username = false;
  bool integrity = false;
  bool fingerprint = true;
  bool realm = false;
  std::size_t padding = 0;  ///< bytes of a datagram of DTLS within
};

inline constexpr Parts kCheckParts{.username = true, .integrity = true};
inline constexpr Parts kAnswerParts{.integrity = true};

inline stun::TransactionId id(std::uint32_t number) {
  stun::TransactionId id{};
  for (std::size_t i = 0; i < 4; ++i) id[i] = static_cast<std::uint8_t>(number >> 8 * i);
  return id;
}

inline ByteVector message(stun::Class of, stun::Method method, std::uint32_t number,
                          const Parts& parts) {
  ByteVector buffer(2000);
  stun::MessageBuilder out(buffer, of, method, id(number));
  if (parts.username) out.add(stun::Username{"them:us"});
  if (parts.realm) out.add(stun::Realm{"example.org"});
  if (parts.padding > 0) out.add(stun::DtlsInStun{ByteVector(parts.padding, 22)});
  const auto key = MbedtlsCrypto().hmac_sha1(as_bytes("password"));
  if (parts.integrity) out.add_message_integrity(*key);
  if (parts.fingerprint) out.add_fingerprint();
  const Bytes written = out.finish().value();
  return {written.begin(), written.end()};
}

inline ByteVector check(std::uint32_t number, const Parts& parts = kCheckParts) {
  return message(stun::Class::request, stun::Method::binding, number, parts);
}
inline ByteVector success(std::uint32_t number, const Parts& parts = kAnswerParts) {
  return message(stun::Class::success, stun::Method::binding, number, parts);
}
inline ByteVector error(std::uint32_t number) {
  return message(stun::Class::error, stun::Method::binding, number, kAnswerParts);
}

struct GateWorld {
  Verdict out(Bytes payload, const TransportAddress& to = kPeer) {
    return gate.outbound(now, to, payload);
  }
  Verdict in(Bytes payload, const TransportAddress& from = kPeer) {
    return gate.inbound(now, from, payload);
  }
  /// A check of a new id, and its answer.
  void get_consent(const TransportAddress& peer = kPeer) {
    const std::uint32_t number = ++last_number;
    (void)out(check(number), peer);
    (void)in(success(number), peer);
  }
  /// How many of these the gate lets out now.
  template <class Make>
  int count_passed(int tries, Make make) {
    int passed = 0;
    for (int i = 0; i < tries; ++i) passed += make(i) == Verdict::pass ? 1 : 0;
    return passed;
  }

  Timestamp now{std::chrono::hours(1)};
  HashKey key{1, 2};
  ScanWatch scans{key};
  ConsentGate gate{key, scans};
  std::uint32_t last_number = 1'000'000;
};

}  // namespace floe::consent::test
