// A CredentialedTransaction and a server that says anything: challenges, answers signed rightly or
// not, any bytes. It always comes to an end, asks a bounded number of times, and what it sends can
// be read.
#include <array>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/credentialed_transaction.h"
#include "fuzzed_input.h"
#include "invariant.h"
#include "long_term_key.h"
#include "stun/hex.h"
#include "stun/raw_message.h"

using namespace floe;
using namespace floe::stun;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;
using floe::testing::RawMessage;
using State = CredentialedTransaction::State;

namespace {

constexpr std::string_view kRealms[] = {"example.org", "example.com", "", "\xff"};
constexpr std::string_view kNonces[] = {"plain", "obMatJos2gAAAx", "obMatJos2wAAAx",
                                        "obMatJos2AAAAx", ""};
constexpr std::string_view kLists[] = {"0002000000010000", "00010000", "7fff0000", "000200", ""};

class Machine {
 public:
  explicit Machine(FuzzedInput& input) : input_(input) {}

  /// One request of a session, to its end.
  void run() {
    CredentialedTransaction transaction(client_, random_, Method::binding, {});
    transaction.start(now_);
    int requests = 0;
    int sends = 0;
    while (transaction.state() == State::waiting) {
      if (const auto request = transaction.poll_output()) {
        requests += is_new(transaction) ? 1 : 0;
        expect(++sends <= (kChallengesMax + 1) * kSendCountMax, "it sends for ever");
        expect(requests <= kChallengesMax + 1, "it asks for ever");
        expect(MessageView::parse(*request).has_value(), "it sends what is no STUN");
      }
      expect(transaction.deadline() != kNever, "it waits for nothing");
      input_.flag() ? receive(transaction) : pass_time(transaction);
    }
    expect(!transaction.poll_output(), "it has ended and sends");
    expect(transaction.deadline() == kNever, "it has ended and waits");
    const bool is_refused = transaction.state() == State::refused;
    expect(is_refused == (transaction.refusal() != Refusal::none), "the reason");
  }

 private:
  bool is_new(const CredentialedTransaction& transaction) {
    const bool is_other = transaction.id() != last_id_;
    last_id_ = transaction.id();
    return is_other;
  }

  void pass_time(CredentialedTransaction& transaction) {
    now_ = transaction.deadline();
    transaction.handle_timeout(now_);
  }

  void receive(CredentialedTransaction& transaction) {
    const ByteVector bytes = input_.below(4) == 0 ? any_bytes() : made_response(transaction.id());
    const auto message = MessageView::parse(bytes);
    if (message) transaction.handle_response(now_, *message);
  }

  ByteVector any_bytes() {
    const Bytes bytes = input_.bytes(input_.u8() * 6u);
    return {bytes.begin(), bytes.end()};
  }

  ByteVector made_response(const TransactionId& id) {
    const std::size_t kind = input_.below(4);
    RawMessage raw(kind == 0 ? 0x0101 : 0x0111, testing::to_hex(id));
    constexpr std::string_view kErrors[] = {"", "00000401", "00000426", "00000400"};
    if (kind != 0) raw.attribute(0x0009, kErrors[kind]);
    const std::string_view realm = kRealms[input_.below(std::size(kRealms))];
    const std::string_view nonce = kNonces[input_.below(std::size(kNonces))];
    const std::string_view list = kLists[input_.below(std::size(kLists))];
    if (!realm.empty()) raw.text(0x0014, realm);
    if (!nonce.empty()) raw.text(0x0015, nonce);
    if (!list.empty() && input_.flag()) raw.attribute(0x8002, list);
    const auto hash = input_.flag() ? PasswordHash::md5 : PasswordHash::sha256;
    const ByteVector key = long_term_key(crypto_, hash, "alice", realm, "secret");
    if (input_.flag()) raw.integrity(*crypto_.hmac_sha1(key));
    if (input_.flag()) raw.integrity(*crypto_.hmac_sha256(key));
    return raw.bytes();
  }

  FuzzedInput& input_;
  MbedtlsCrypto crypto_;
  sim::SeededRandom random_{1};
  LongTermClient client_{crypto_, {"alice", "secret"}};
  Timestamp now_{1h};
  TransactionId last_id_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine machine(input);
  while (!input.at_end()) machine.run();
  return 0;
}
