// An agent under test, without a network: a test is its host, its clock and its peer at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/ice/agent.h"
#include "floe/sim/seeded_random.h"
#include "stun/raw_message.h"

namespace floe::testing {

/// A datagram that the agent wanted sent.
struct Sent {
  TransportAddress local;
  TransportAddress remote;
  ByteVector payload;
  Timestamp at;

  /// The message in it; lives as long as this. Throws when there is none.
  stun::MessageView message() const;
  bool is(stun::Class message_class) const;
  bool has(stun::AttributeType type) const { return message().has(type); }
};

/// What a request of the peer says; the defaults are those of an ordinary check by a controlled
/// peer.
struct PeerRequest {
  std::optional<std::string> username;       ///< else what it must be
  std::optional<std::string> password = {};  ///< to sign with, else what it must be
  bool is_signed = true;
  std::optional<std::uint32_t> priority = 0x6e7fffff;
  ice::Role role = ice::Role::controlled;
  bool has_role = true;
  std::uint64_t tie_breaker = 1;
  bool use_candidate = false;
  std::optional<std::uint32_t> nomination = {};
  std::optional<std::uint16_t> unknown_attribute = {};
  std::size_t size = 0;  ///< filled up to so many bytes; 0: as short as it can be
};

class HandDrivenAgent {
 public:
  static const TransportAddress kLocal;  ///< the agent's socket, unless a test adds others
  static const TransportAddress kPeer;   ///< where the peer is
  static const TransportAddress kOther;  ///< an address that nobody signalled

  explicit HandDrivenAgent(ice::AgentConfig config = {}, std::uint64_t seed = 1,
                           Timestamp start = Timestamp{1h});

  ice::Agent& agent() { return agent_; }
  const ice::Agent& agent() const { return agent_; }
  Timestamp now() const { return now_; }

  // Preparation: with its socket, and with what the peer signals.
  void add_socket(const TransportAddress& base = kLocal, std::uint16_t local_preference = 65535,
                  ice::ComponentId component = 1);
  void add_socket(const ice::LocalSocket& socket);
  bool describe_peer();
  bool describe_peer(bool lite, ice::IceOptions options);
  ice::AddCandidateResult add_peer_candidate(const TransportAddress& address = kPeer,
                                             ice::CandidateType type = ice::CandidateType::host,
                                             std::uint32_t priority = 0x7effffff,
                                             std::string_view foundation = "1");
  /// A socket, a description and a candidate: the first check is on its way.
  void start();
  /// start(), then all that it takes to have kLocal to kPeer selected.
  void connect();

  // Network.
  void receive(Bytes datagram, const TransportAddress& from = kPeer,
               const TransportAddress& to = kLocal);
  ByteVector request(const PeerRequest& request = {});
  /// Filled up to `size` bytes, if it is not 0.
  ByteVector success_for(const Sent& request, const TransportAddress& mapped = kLocal,
                         std::size_t size = 0) const;
  ByteVector error_for(const Sent& request, std::uint16_t code) const;
  /// Answers with success what was sent to kPeer and not taken yet.
  void answer_checks();
  /// Answers `request` with success, from where it went to where it came from.
  void answer(const Sent& request);
  /// The same for all that was sent and not taken yet, to whomever.
  void answer_everything();

  // Time. Comes back at each deadline, and fails the test when one returns without progress.
  void run_until(Timestamp end);
  void run_for(Duration duration) { run_until(now_ + duration); }
  /// Time passes and the agent is not told.
  void sleep(Duration duration) { now_ += duration; }

  // What came out since it was asked last.
  std::vector<Sent> take_sent();
  std::vector<Sent> take_requests() { return take(stun::Class::request); }
  std::vector<Sent> take(stun::Class message_class);
  std::vector<ice::Event> take_events();
  /// Those of one kind; the others are taken, too.
  template <class T>
  std::vector<T> take_events_of() {
    std::vector<T> chosen;
    for (const ice::Event& event : take_events()) {
      if (const auto* of_kind = std::get_if<T>(&event)) chosen.push_back(*of_kind);
    }
    return chosen;
  }
  std::vector<std::string> take_data();
  /// After calls of agent() itself.
  void drain();

  const ice::Credentials& peer() const { return peer_; }
  const HmacSha1& peer_key() const { return *peer_key_; }
  const HmacSha1& own_key() const { return *own_key_; }
  std::string username_for_us() const {
    return agent_.local_credentials().ufrag + ":" + peer_.ufrag;
  }
  bool state_is(ice::State state) const { return agent_.state() == state; }

 private:
  MbedtlsCrypto crypto_;
  sim::SeededRandom random_;
  ice::Agent agent_;
  ice::Credentials peer_{"PeerUfrag", "PeerPassword/with+24chars"};
  std::unique_ptr<HmacSha1> peer_key_;
  std::unique_ptr<HmacSha1> own_key_;
  Timestamp now_;
  std::uint64_t next_id_ = 1;
  std::vector<Sent> sent_;
  std::vector<ice::Event> events_;
  std::vector<std::string> data_;
};

}  // namespace floe::testing
