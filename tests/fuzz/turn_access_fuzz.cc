// Who comes into a TURN server with two secrets: names of any bytes, signed with the password of
// the new secret, of the old one, of another, or not at all; and as time passes. Only who was given
// a password in time comes in, under one of the two secrets.
#include <array>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/long_term_authenticator.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/understands.h"
#include "floe/turn_server/authenticator_chain.h"
#include "floe/turn_server/time_limited_accounts.h"
#include "fuzzed_input.h"
#include "invariant.h"
#include "long_term_key.h"

using namespace floe;
using namespace floe::turn;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

constexpr std::array<std::string_view, 3> kSecrets{"the new one", "the one before", "another"};
constexpr std::size_t kKnown = 2;

class Calendar final : public UnixClock {
 public:
  std::int64_t seconds_since_1970() const override { return seconds; }
  std::int64_t seconds = 1'000'000;
};

class Door {
 public:
  explicit Door(FuzzedInput& input) : input_(input) {}

  void step() {
    calendar_.seconds += input_.u8();
    name_ = some_name();
    signer_ = input_.below(kSecrets.size() + 1);
    std::array<std::uint8_t, 2048> buffer;
    stun::MessageBuilder builder(buffer, stun::Class::request, stun::Method::allocate, {1});
    if (input_.below(8) != 0) builder.add(stun::Username{name_});
    if (input_.below(8) != 0) builder.add(stun::Realm{"example.org"});
    if (input_.below(8) != 0) builder.add(stun::Nonce{nonce_});
    sign(builder);
    const auto bytes = builder.finish();
    if (!bytes) return;
    const auto request = stun::MessageView::parse(*bytes, understands);
    expect(request.has_value(), "the client writes what is no STUN");
    ask(newcomers_, *request, std::chrono::seconds(0));
    ask(residents_, *request, TimeLimitedAccounts::kResidenceMax);
  }

 private:
  std::string some_name() {
    const std::int64_t expiry = calendar_.seconds + input_.u8() - 128;
    switch (input_.below(4)) {
      case 0:
        return std::string(as_text(input_.bytes(input_.u8() % 64)));
      case 1:
        return std::to_string(expiry);
      case 2:
        return std::to_string(expiry - 86'400) + ":alice";
      default:
        return std::to_string(expiry) + ":" + std::string(as_text(input_.bytes(input_.u8() % 32)));
    }
  }

  void sign(stun::MessageBuilder& builder) {
    if (signer_ >= kSecrets.size()) return;
    const TimeLimitedAccounts forever(crypto_, as_bytes(kSecrets[signer_]), calendar_,
                                      std::chrono::hours(1'000'000));
    const auto password = forever.password_of(name_);
    const ByteVector key = stun::long_term_key(crypto_, stun::PasswordHash::md5, name_,
                                               "example.org", password.value_or("guess"));
    builder.add_message_integrity(*crypto_.hmac_sha1(key));
  }

  void ask(stun::Authenticator& door, const stun::MessageView& request,
           std::chrono::seconds grace) {
    const TransportAddress source{IpAddress::v4(192, 0, 2, 1), 5000};
    const stun::Authentication who = door.authenticate(now_, request, source);
    if (who.error == 0) {
      expect(signer_ < kKnown, "a stranger came in");
      expect(who.username == name_, "under another name");
      const std::int64_t expiry = std::stoll(name_);
      expect(expiry + grace.count() > calendar_.seconds, "after the password had expired");
      return;
    }
    std::array<std::uint8_t, 1024> buffer;
    stun::MessageBuilder answer(buffer, stun::Class::error, stun::Method::allocate,
                                request.transaction_id());
    door.refuse(now_, who.error, source, answer);
    const auto bytes = answer.finish();
    expect(bytes.has_value(), "a refusal that does not fit");
    const auto read = stun::MessageView::parse(*bytes, understands);
    expect(read.has_value(), "the server writes what is no STUN");
    if (const auto nonce = read->get<stun::Nonce>()) nonce_ = nonce->text;
  }

  TimeLimitedAccounts accounts(std::size_t secret, std::chrono::seconds grace) {
    return {crypto_, as_bytes(kSecrets[secret]), calendar_, grace};
  }

  static constexpr auto kGrace = TimeLimitedAccounts::kResidenceMax;

  FuzzedInput& input_;
  Timestamp now_{1h};
  MbedtlsCrypto crypto_;
  Calendar calendar_;
  stun::LongTermRealm realm_{.realm = "example.org"};
  Bytes key_ = as_bytes("0123456789abcdef");
  TimeLimitedAccounts new_one_ = accounts(0, {});
  TimeLimitedAccounts old_one_ = accounts(1, {});
  TimeLimitedAccounts new_resident_ = accounts(0, kGrace);
  TimeLimitedAccounts old_resident_ = accounts(1, kGrace);
  stun::LongTermAuthenticator new_door_{crypto_, new_one_, realm_, key_};
  stun::LongTermAuthenticator old_door_{crypto_, old_one_, realm_, key_};
  stun::LongTermAuthenticator new_inner_{crypto_, new_resident_, realm_, key_};
  stun::LongTermAuthenticator old_inner_{crypto_, old_resident_, realm_, key_};
  AuthenticatorChain newcomers_{{&new_door_, &old_door_}};
  AuthenticatorChain residents_{{&new_inner_, &old_inner_}};
  std::string nonce_ = "none";
  std::string name_;
  std::size_t signer_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Door door(input);
  for (int steps = 0; steps < 50 && !input.at_end(); ++steps) door.step();
  return 0;
}
