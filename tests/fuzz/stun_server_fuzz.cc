// A BindingServer and whoever may ask it: bytes choose requests, what is in them, who signs them,
// and from where they come. Nobody who proved nothing gets more than the limit, every answer is
// STUN with the id of its request, and comes from one of the server's addresses.
#include <array>
#include <optional>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_server.h"
#include "floe/stun/long_term_authenticator.h"
#include "fuzzed_input.h"
#include "invariant.h"
#include "long_term_key.h"
#include "stun/raw_message.h"

using namespace floe;
using namespace floe::stun;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;
using floe::testing::RawMessage;

namespace {

const DiscoveryAddresses kAddresses{*TransportAddress::parse("198.51.100.1:3478"),
                                    *TransportAddress::parse("198.51.100.2:3479")};

class OneUser final : public Accounts {
 public:
  std::optional<std::string> password_of(std::string_view username) const override {
    if (username != "alice") return std::nullopt;
    return "secret";
  }
  std::optional<std::string> username_of(const Userhash& userhash) const override {
    if (userhash.value[0] % 2 == 0) return std::nullopt;
    return "alice";
  }
};

class Machine {
 public:
  explicit Machine(FuzzedInput& input)
      : input_(input),
        key_(long_term_key(crypto_, PasswordHash::sha256, "alice", "example.org", "secret")),
        authenticator_(crypto_, users_, {.realm = "example.org", .offers_userhash = input.flag()},
                       as_bytes("0123456789abcdef")) {
    BindingServerConfig config;
    config.software = "floe";
    if (input.flag()) config.discovery = kAddresses;
    if (input.flag()) config.alternate = Alternate{kAddresses.alternate, "example.org"};
    if (input.flag()) config.authenticator = &authenticator_;
    server_.emplace(config);
  }

  void step() {
    now_ += std::chrono::seconds(input_.u16());
    source_ = {IpAddress::v4(192, 0, 2, input_.u8()), input_.u16()};
    local_ = input_.flag() ? kAddresses.primary : kAddresses.alternate;
    const ByteVector request = input_.flag() ? made_request() : any_request();
    ask(request);
  }

 private:
  ByteVector any_request() {
    const Bytes bytes = input_.bytes(input_.u8() * 6u);
    return {bytes.begin(), bytes.end()};
  }

  ByteVector made_request() {
    constexpr std::uint16_t kTypes[] = {0x0003, 0x0006, 0x0014, 0x0015, 0x001d, 0x001e,
                                        0x0026, 0x0027, 0x7001, 0x8002, 0x8022, 0xc001};
    RawMessage raw;
    for (std::size_t count = input_.below(6); count > 0; --count) {
      const std::uint16_t type = kTypes[input_.below(std::size(kTypes))];
      raw.attribute(type, input_.bytes(input_.u8() * 6u));
    }
    if (input_.flag()) raw.text(0x0006, "alice");
    if (input_.flag()) raw.text(0x0014, "example.org");
    if (input_.flag()) raw.text(0x0015, nonce_);
    if (input_.flag()) raw.attribute(0x8002, "0002000000010000").attribute(0x001d, "00020000");
    switch (input_.below(4)) {
      case 0:
        raw.integrity(*crypto_.hmac_sha1(key_));
        break;
      case 1:
        raw.integrity(*crypto_.hmac_sha256(key_), 16 + 4 * input_.below(5));
        break;
      default:
        break;
    }
    if (input_.flag()) raw.fingerprint();
    if (input_.below(8) == 0) raw.damage(input_.u16(), input_.u8());
    return raw.bytes();
  }

  void ask(const ByteVector& request) {
    std::array<std::uint8_t, kAnswerSizeMax> buffer;
    const auto answer = server_->answer(now_, {source_, local_, request}, buffer);
    if (!answer) return;
    expect(answer->from.ip == kAddresses.primary.ip || answer->from.ip == kAddresses.alternate.ip,
           "an answer from nowhere");
    expect(answer->to.ip == source_.ip && answer->to.port != 0, "an answer to somebody else");
    const auto message = MessageView::parse(answer->bytes);
    if (!message) {
      expect(message.error() == ParseError::bad_cookie, "an answer that is no STUN");
      expect(!equal(Bytes(request).subspan(4, 4), as_bytes("\x21\x12\xa4\x42")),
             "an answer of RFC 3489 to a request that is none");
      return;
    }
    expect(message->is_response(), "an answer that is no response");
    expect(equal(message->transaction_id(), Bytes(request).subspan(8, 12)), "another id");
    if (const auto nonce = message->get<Nonce>()) nonce_ = nonce->text;
    const bool is_signed = message->has_integrity() || message->has_integrity_sha256();
    expect(is_signed || answer->bytes.size() + 28 <= kAmplificationMax * (request.size() + 28),
           "an answer that amplifies");
  }

  FuzzedInput& input_;
  MbedtlsCrypto crypto_;
  OneUser users_;
  ByteVector key_;
  LongTermAuthenticator authenticator_;
  std::optional<BindingServer> server_;
  Timestamp now_{1h};
  TransportAddress source_;
  TransportAddress local_;
  std::string nonce_ = "none";
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine machine(input);
  while (!input.at_end()) machine.step();
  return 0;
}
