// What the two ends tell each other about DTLS before the handshake: who begins it, which
// certificate each of them has, and the numbers of the authentication string.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authentication_string.h"
#include "floe/dtls/fingerprint.h"
#include "floe/dtls/setup.h"
#include "floe/peer/security.h"
#include "floe/signal/message.h"

namespace floe::peer {

/// Of one association with the peer. When the peer begins another one, this end gets another
/// object.
class DtlsPeer {
 public:
  DtlsPeer(const dtls::Fingerprint& own, const std::vector<std::string>& expected,
           RandomSource& random, Crypto& crypto);

  /// For a description that is sent now.
  signal::DtlsParameters describe();

  /// What parameters of the peer are about.
  enum class Meaning : std::uint8_t {
    first,    ///< the peer was not known yet
    repeats,  ///< nothing new, or nothing that counts now
    answers,  ///< the peer has begun another association, for this one
    anew,     ///< the peer has begun another association, and knows nothing of this one
  };
  Meaning meaning_of(const std::optional<signal::DtlsParameters>& parameters) const;
  /// Empty, or why there can be no connection. Not for parameters that repeat.
  std::optional<SecurityFailed> handle_parameters(
      const std::optional<signal::DtlsParameters>& parameters);
  /// Before the parameters that answer.
  void forget_peer();
  /// False: the number is not the one that was promised.
  bool handle_reveal(const signal::Reveal& reveal);

  /// Empty before the peer's parameters.
  std::optional<dtls::Role> role() const { return role_; }
  /// That the peer's certificate may have.
  const std::vector<dtls::Fingerprint>& fingerprints() const { return trusted_; }
  /// The number of this end, once: when it may be told, since both ends have promised theirs.
  std::optional<signal::Reveal> take_reveal();
  /// The peer may have missed it.
  void reveal_again() { is_revealed_ = false; }
  std::string words(const dtls::Fingerprint& peer) const;

 private:
  bool is_same(const signal::DtlsParameters& parameters) const;
  std::optional<SecurityFailed> trust(const std::vector<signal::FingerprintInit>& signalled);
  std::optional<dtls::Role> decide_role(const signal::DtlsParameters& parameters) const;

  dtls::Fingerprint own_;
  bool expects_ = false;  // only certificates in expected_
  std::vector<dtls::Fingerprint> expected_;
  AuthenticationString string_;
  std::string id_;
  bool has_described_ = false;
  bool is_revealed_ = false;
  std::optional<dtls::Role> role_;
  std::string peer_id_;
  std::vector<dtls::Fingerprint> trusted_;
};

}  // namespace floe::peer
