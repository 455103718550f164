// A ClientAllocation and a server that says anything: answers of every kind, data, any bytes, and
// time that passes or jumps. It keeps its limits, always waits for something or is over, and says
// what became of it exactly once.
#include <array>

#include "channels.h"
#include "data_path.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/client_allocation.h"
#include "fuzzed_input.h"
#include "invariant.h"
#include "permissions.h"
#include "stun/filler.h"

using namespace floe;
using namespace floe::turn;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

/// What one input may cause: a request for each peer and channel, and what waited.
constexpr std::size_t kMessagesMax = kPermissionsMax + kChannelsMax + kWaitingMax + 8;

class Machine {
 public:
  explicit Machine(FuzzedInput& input)
      : input_(input),
        transport_(input.flag() ? Transport::tcp : Transport::udp),
        allocation_({.transport = transport_, .credentials = {"user", "pass"}}, random_, crypto_) {
    allocation_.start(now_);
    drain();
  }

  void run() {
    for (int step = 0; step < 200 && !input_.at_end(); ++step) {
      act();
      drain();
      const bool is_over = allocation_.state() == ClientAllocation::State::ended;
      expect(is_over == (allocation_.deadline() == kNever), "it waits for nothing, or is over");
    }
    allocation_.release(now_, ClientAllocation::Release::once);
    expect(allocation_.deadline() == kNever, "released, and it waits");
  }

 private:
  void act() {
    switch (input_.below(7)) {
      case 0:
        return receive(input_.bytes(input_.u8()));
      case 1:
      case 2:
        return answer();
      case 3:
        return want();
      case 4:
        (void)allocation_.send(now_, peer(), input_.bytes(input_.u8() * 6u));
        return;
      case 5:
        return pass();
      default:
        return indicate();
    }
  }

  void pass() {
    if (input_.flag()) now_ += Duration(std::chrono::seconds(input_.u16()));
    const Timestamp deadline = allocation_.deadline();
    if (deadline != kNever) now_ = std::max(now_, deadline);
    allocation_.handle_timeout(now_);
    allocation_.handle_timeout(now_);
    expect(allocation_.deadline() > now_, "time stands still");
  }

  void want() {
    WantedPeers wanted;
    for (std::size_t i = input_.below(80); i > 0; --i) wanted.permissions.push_back(peer().ip);
    for (std::size_t i = input_.below(40); i > 0; --i) wanted.channels.push_back(peer());
    allocation_.set_wanted(now_, wanted);
  }

  TransportAddress peer() {
    if (input_.below(8) == 0) return {IpAddress::loopback(Family::ipv6), 1};
    return {IpAddress::v4(203, 0, 113, input_.u8()), 7000};
  }

  void receive(Bytes bytes) {
    held_.assign(bytes.begin(), bytes.end());
    if (transport_ == Transport::tcp && input_.flag()) {
      allocation_.handle_tcp_bytes(now_, held_);
    } else {
      allocation_.handle_message(now_, held_);
    }
    drain();
  }

  void indicate() {
    std::array<std::uint8_t, 2048> buffer;
    stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::data, {});
    builder.add(XorPeerAddress{peer()}).add(Data{input_.bytes(input_.u8() * 6u)});
    if (const auto bytes = builder.finish()) receive(*bytes);
  }

  /// To the last request, by somebody who knows no key: until it is challenged all is believed.
  void answer() {
    if (last_.size() < stun::kHeaderSize) return;
    stun::TransactionId id;
    std::copy_n(last_.begin() + 8, id.size(), id.begin());
    const auto method = stun::method_of(static_cast<std::uint16_t>(last_[0] << 8 | last_[1]));
    std::array<std::uint8_t, 2048> buffer;
    const bool is_error = input_.flag();
    stun::MessageBuilder builder(buffer, is_error ? stun::Class::error : stun::Class::success,
                                 method, id);
    if (is_error) builder.add(stun::ErrorCode{code(), "reason"});
    if (input_.flag()) builder.add(XorRelayedAddress{peer()});
    if (input_.flag()) builder.add(XorRelayedAddress{peer()});
    if (input_.flag()) builder.add(Lifetime{input_.u32()});
    if (input_.flag()) builder.add(stun::XorMappedAddress{peer()});
    if (input_.flag()) builder.add(stun::AlternateServer{peer()});
    if (input_.below(4) == 0) builder.add(stun::Realm{"realm"}).add(stun::Nonce{"nonce"});
    if (input_.below(4) == 0) builder.add(testing::Filler{input_.u8() * 6u});
    if (const auto bytes = builder.finish()) receive(*bytes);
  }

  std::uint16_t code() {
    constexpr std::array<std::uint16_t, 12> kCodes{300, 400, 401, 403, 420, 437,
                                                   438, 440, 441, 443, 486, 508};
    return kCodes[input_.below(kCodes.size())];
  }

  void drain() {
    std::size_t messages = 0;
    while (const auto output = allocation_.poll_output()) {
      if (const auto* transmit = std::get_if<Transmit>(&*output)) {
        expect(++messages <= kMessagesMax, "one input has too many messages");
        keep_request(transmit->message);
        continue;
      }
      expect(!is_over_, "it says something after the last");
      is_over_ = std::holds_alternative<AllocationFailed>(*output) ||
                 std::holds_alternative<AllocationLost>(*output) ||
                 std::holds_alternative<Redirected>(*output);
    }
  }

  void keep_request(Bytes message) {
    if (!stun::looks_like_stun(message)) return;
    const auto type = static_cast<std::uint16_t>(message[0] << 8 | message[1]);
    if (stun::class_of(type) != stun::Class::request) return;
    last_.assign(message.begin(), message.end());
  }

  FuzzedInput& input_;
  Transport transport_;
  MbedtlsCrypto crypto_;
  sim::SeededRandom random_{1};
  Timestamp now_{1h};
  ClientAllocation allocation_;
  ByteVector last_;
  ByteVector held_;
  bool is_over_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine(input).run();
  return 0;
}
