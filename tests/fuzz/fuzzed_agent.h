// An agent whose host, clock and peer are a fuzzer's choices, and what must hold all the time.
//
// First a real exchange with a real peer brings it to a state of the fuzzer's choice. Then the
// peer is hostile, and knows the right passwords, so that choices reach what authentication
// guards.
#pragma once

#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/ice/agent.h"
#include "floe/sim/seeded_random.h"
#include "fuzzed_input.h"
#include "fuzzed_payload.h"
#include "stun/raw_message.h"

namespace floe::fuzz {

class FuzzedAgent {
 public:
  explicit FuzzedAgent(FuzzedInput& input);

  /// One input of the agent, as chosen.
  void step();
  /// No time passes without end: whatever happened, the agent comes to rest or to a later deadline.
  void run_out();

 private:
  void reach_state();
  void introduce();
  void exchange(Duration span);
  void pass_time();
  void reach_deadline();
  void receive_bytes();
  void receive_request();
  void receive_response();
  void receive_from_server();
  void receive_data();
  void change_candidates();
  void change_sockets();
  void change_generation();
  void add_filler(testing::RawMessage& message);
  void finish(testing::RawMessage message, const HmacSha1& key, const TransportAddress& from);
  void receive(Bytes datagram, const TransportAddress& from);
  void note(const ice::Transmit& transmit);
  void drain();
  void check_limits() const;
  TransportAddress peer_address();
  TransportAddress socket_address();

  FuzzedInput& input_;
  MbedtlsCrypto crypto_;
  sim::SeededRandom random_{1};
  bool has_payload_ = false;
  FuzzedPayload payload_;
  FuzzedPayload payload_of_honest_;
  ice::Agent agent_;
  ice::Agent honest_;  ///< the peer while a state is being reached
  ice::Credentials peer_;
  std::unique_ptr<HmacSha1> peer_key_;
  Timestamp now_{1h};
  std::vector<TransportAddress> sockets_;
  std::vector<stun::TransactionId> requests_;  ///< of the agent, which may be answered
  std::vector<ByteVector> to_peer_;            ///< while a state is being reached
  std::uint64_t next_id_ = 1;
  bool closed_ = false;
};

}  // namespace floe::fuzz
