// Any bytes as a STUN message: all of it is read, and what was read is written and read again.
#include <algorithm>
#include <array>

#include "connectivity_check.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/credential.h"
#include "floe/stun/attributes/embedded_dtls.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/nat_behavior.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/integrity.h"
#include "floe/stun/message_builder.h"
#include "invariant.h"

using namespace floe;
using namespace floe::stun;
using floe::fuzz::expect;

namespace {

template <AttributeType Type>
bool same(const PlainAddress<Type>& a, const PlainAddress<Type>& b) {
  return a.address == b.address;
}
bool same(const XorMappedAddress& a, const XorMappedAddress& b) {
  return a.address == b.address;
}
template <AttributeType Type, std::size_t SizeMax>
bool same(const Text<Type, SizeMax>& a, const Text<Type, SizeMax>& b) {
  return a.text == b.text;
}
bool same(const Userhash& a, const Userhash& b) {
  return a.value == b.value;
}
bool same(const PasswordAlgorithm& a, const PasswordAlgorithm& b) {
  return a.hash == b.hash;
}
bool same(const PasswordAlgorithms& a, const PasswordAlgorithms& b) {
  return equal(a.list, b.list) && a.first_known() == b.first_known();
}
bool same(const ChangeRequest& a, const ChangeRequest& b) {
  return a.change_ip == b.change_ip && a.change_port == b.change_port;
}
bool same(const ResponsePort& a, const ResponsePort& b) {
  return a.port == b.port;
}
bool same(const Padding& a, const Padding& b) {
  return a.size == b.size;
}
bool same(const Nomination& a, const Nomination& b) {
  return a.value == b.value;
}
bool same(const Priority& a, const Priority& b) {
  return a.value == b.value;
}
bool same(const UseCandidate&, const UseCandidate&) {
  return true;
}
bool same(const IceControlled& a, const IceControlled& b) {
  return a.tie_breaker == b.tie_breaker;
}
bool same(const IceControlling& a, const IceControlling& b) {
  return a.tie_breaker == b.tie_breaker;
}
bool same(const ErrorCode& a, const ErrorCode& b) {
  // A reason longer than may be sent is cut.
  return a.code == b.code && a.reason.substr(0, kReasonSizeMax) == b.reason;
}
bool same(const DtlsInStun& a, const DtlsInStun& b) {
  return std::ranges::equal(a.datagram, b.datagram);
}
bool same(const DtlsInStunAck& a, const DtlsInStunAck& b) {
  return std::ranges::equal(a.checksums, b.checksums);
}
bool same(const UnknownAttributes& a, const UnknownAttributes& b) {
  return a.count == b.count && a.types == b.types;
}

template <class... Attributes>
struct All {};
using EveryAttribute =
    All<MappedAddress, XorMappedAddress, AlternateServer, ResponseOrigin, OtherAddress,
        SourceAddress, ChangedAddress, Username, Realm, Nonce, AlternateDomain, Software, Userhash,
        PasswordAlgorithm, PasswordAlgorithms, ChangeRequest, ResponsePort, Padding, Priority,
        UseCandidate, IceControlled, IceControlling, Nomination, ErrorCode, UnknownAttributes,
        DtlsInStun, DtlsInStunAck>;

template <class T>
void write_one(MessageBuilder& builder, const MessageView& from) {
  if (const auto attribute = from.get<T>()) builder.add(*attribute);
}

template <class T>
void compare_one(const MessageView& original, const MessageView& rebuilt) {
  const auto attribute = original.get<T>();
  const auto again = rebuilt.get<T>();
  expect(attribute.has_value() == again.has_value(), "an attribute came or went");
  expect(!attribute || same(*attribute, *again), "an attribute changed");
}

template <class... T>
void rebuild(const MessageView& message, const HmacSha1& key, const HmacSha256& key_sha256,
             All<T...>) {
  std::array<std::uint8_t, 8192> buffer;
  MessageBuilder builder(buffer, message.message_class(), message.method(),
                         message.transaction_id());
  (write_one<T>(builder, message), ...);
  const auto bytes = builder.add_message_integrity(key)
                         .add_message_integrity(key_sha256, 16)
                         .add_fingerprint()
                         .finish();
  expect(bytes.has_value(), "what was read does not fit");
  const auto again = MessageView::parse(*bytes);
  expect(again.has_value(), "what was written is not read");
  expect(again->message_class() == message.message_class(), "the class changed");
  expect(again->method() == message.method(), "the method changed");
  expect(again->transaction_id() == message.transaction_id(), "the transaction id changed");
  expect(again->has_fingerprint(), "FINGERPRINT was lost");
  expect(check_integrity(*again, key) == IntegrityCheck::valid, "its own MAC is wrong");
  expect(check_integrity(*again, key_sha256, 16) == IntegrityCheck::valid,
         "its other MAC is wrong");
  (compare_one<T>(message, *again), ...);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ice::Credentials local{"LUfr", "receiverPassword/0123456"};
  static const auto key = MbedtlsCrypto().hmac_sha1(as_bytes(local.password));
  static const auto key_sha256 = MbedtlsCrypto().hmac_sha256(as_bytes(local.password));
  const Bytes datagram(data, size);
  const auto message = MessageView::parse(datagram);
  if (!message) {
    expect(!to_text(message.error()).empty(), "a reason without text");
    return 0;
  }
  expect(looks_like_stun(datagram), "a message that does not look like one");
  (void)check_integrity(*message, *key);
  (void)check_integrity(*message, *key_sha256, kIntegritySha256SizeMin);
  (void)ice::receiver_ufrag_of(*message);
  for (const std::string_view sender : {"", "rUfr"}) {
    const auto check = ice::read_check(*message, local, *key, sender);
    if (check) expect(message->has_integrity(), "a check that nobody signed");
  }
  rebuild(*message, *key, *key_sha256, EveryAttribute());
  return 0;
}
