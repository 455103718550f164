// Two connections that negotiate, on one link in virtual time. A test may look at all that passes
// between them, and change it or lose it.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/peer/connection.h"
#include "signal/test_random.h"

namespace floe::peer::test {

class SecuredEnd {
 public:
  SecuredEnd(std::uint32_t seed, ice::Role role, const TransportAddress& own);

  /// What connected(), secured and so on say of it.
  std::vector<ice::State> states;
  std::vector<Secured> secured;
  std::vector<SecurityFailed> failures;
  std::vector<std::string> received;
  std::vector<signal::Message> told;  ///< what it told the peer
  std::string bye;
  std::size_t skipped = 0;  ///< outputs that no test looks at

  bool has_been(ice::State state) const;

  const TransportAddress address;
  signal::test::TestRandom random;
  MbedtlsCrypto crypto;
  Connection connection;
};

class SecuredPair {
 public:
  struct Options {
    /// Empty: this end has plaintext.
    std::optional<SecurityOptions> left = SecurityOptions{};
    std::optional<SecurityOptions> right = SecurityOptions{};
    bool crossing = false;  ///< both describe themselves before they hear of each other
    bool renews = false;    ///< both recover by themselves
    std::uint32_t seed = 1;
  };
  explicit SecuredPair(Options options);
  SecuredPair() : SecuredPair(Options{}) {}

  /// The right end is lost without a word, and another one takes its place. As connect().
  bool replace_right();

  /// Until nothing is left to do, or `duration` is over.
  void run(Duration duration);
  /// Until both may send, or for ten seconds.
  bool connect();
  void begin_both();
  /// Until both may send, or for ten seconds.
  bool wait();

  void send(SecuredEnd& from, std::string_view text);
  void close(SecuredEnd& end);
  SecuredEnd& peer_of(const SecuredEnd& end) {
    return &end != &left ? left : replacement ? *replacement : right;
  }

  SecuredEnd left;
  SecuredEnd right;
  std::unique_ptr<SecuredEnd> replacement;  ///< of the right end
  Duration one_way = std::chrono::milliseconds(25);
  /// Of a datagram on the link; false: it is lost.
  std::function<bool(SecuredEnd& from, ByteVector& datagram)> link;
  /// Of a message of the signalling; false: it is lost.
  std::function<bool(SecuredEnd& from, signal::Message& message)> signalling;
  std::vector<ByteVector> datagrams;  ///< all that were sent
  Timestamp now{std::chrono::seconds(1000)};

 private:
  struct Arrival {
    SecuredEnd* to;
    ByteVector datagram;
    std::optional<signal::Message> message;
  };

  void prepare(SecuredEnd& end);
  void begin(SecuredEnd& end);
  void drain(SecuredEnd& end);
  void take(SecuredEnd& end, Output& output);
  void take(SecuredEnd& end, const ice::Output& output);
  void arrive(Arrival& arrival);

  Options options_;
  std::multimap<Timestamp, Arrival> arrivals_;
};

/// The first byte of each record and of nothing else (RFC 7983).
bool is_dtls(const ByteVector& datagram);

}  // namespace floe::peer::test
