// An allocation and, in the place of its server, the test: takes its requests, and answers them by
// hand as a server would, or would not.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"
#include "floe/turn/client_allocation.h"

namespace floe::testing {

class Dialogue {
 public:
  using Write = std::function<void(stun::MessageBuilder&)>;

  explicit Dialogue(turn::AllocationConfig config = {.credentials = {"user", "pass"}});

  // What the allocation sends, in order; each is taken once.
  bool is_silent() { return !poll_message(); }
  /// The next message, or nothing.
  std::optional<ByteVector> poll_message();
  /// The next message, which must be there.
  ByteVector message();
  /// The next one, which must be a request of this method.
  ByteVector request(stun::Method method);
  /// The same, over keepalives.
  ByteVector next_request(stun::Method method);
  /// Whatever it wants to send is not looked at.
  void skip();

  // What it is answered. A success is signed, an error too where the request was.
  void succeed(const ByteVector& request, const Write& write = {});
  void refuse(const ByteVector& request, std::uint16_t code, const Write& write = {});
  /// 401 or 438 with a nonce that was not given before.
  void challenge(const ByteVector& request, std::uint16_t code = 401);
  void receive(Bytes bytes);
  void indicate(const TransportAddress& peer, std::string_view data);

  /// Through the challenge, until it is there.
  void allocate(std::uint32_t seconds = 600);
  /// Answers a request for a permission or a channel, or its repeat, with success.
  void grant(stun::Method method) { succeed(request(method)); }
  void want(const std::vector<TransportAddress>& peers,
            const std::vector<TransportAddress>& with_channel = {});
  /// Passes time in steps of the deadlines.
  void pass(Duration time);
  /// Jumps, as a host that slept.
  void sleep(Duration time);

  template <class T>
  std::optional<T> event() {
    take_outputs();
    while (!events_.empty()) {
      const turn::AllocationOutput event = events_.front();
      events_.pop_front();
      if (const auto* wanted = std::get_if<T>(&event)) return *wanted;
    }
    return std::nullopt;
  }

  MbedtlsCrypto crypto;
  sim::SeededRandom random{1};
  Timestamp now{100h};
  turn::ClientAllocation allocation;

 private:
  void answer(const ByteVector& request, stun::Class message_class, const Write& write,
              bool is_signed);

  void take_outputs();

  int nonces_ = 0;
  std::deque<ByteVector> messages_;
  std::deque<turn::AllocationOutput> events_;
  std::vector<ByteVector> received_;  // views of them are in events
};

inline const TransportAddress kRelayed = *TransportAddress::parse("198.51.100.9:50000");
inline const TransportAddress kRelayed6 = *TransportAddress::parse("[2001:db8::9]:50000");
inline const TransportAddress kMapped = *TransportAddress::parse("203.0.113.1:40000");
inline const TransportAddress kPeer = *TransportAddress::parse("203.0.113.77:7000");
inline const TransportAddress kOtherPeer = *TransportAddress::parse("203.0.113.88:8000");

/// The message as it can be read; its bytes must live on.
stun::MessageView view_of(const ByteVector& bytes);

}  // namespace floe::testing
