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

class DtlsPeer {
 public:
  DtlsPeer(const dtls::Fingerprint& own, const std::vector<std::string>& expected,
           RandomSource& random, Crypto& crypto);

  /// For a description that is sent now.
  signal::DtlsParameters describe();
  /// Empty, or why there can be no connection. Only the first call that succeeds counts: what is
  /// signalled later cannot change whom this end trusts.
  std::optional<SecurityFailed> handle_parameters(
      const std::optional<signal::DtlsParameters>& parameters);
  /// False: the number is not the one that was promised.
  bool handle_reveal(const signal::Reveal& reveal);

  /// Empty before the peer's parameters.
  std::optional<dtls::Role> role() const { return role_; }
  /// That the peer's certificate may have.
  const std::vector<dtls::Fingerprint>& fingerprints() const { return trusted_; }
  /// The number of this end, once it may be told: both ends have promised theirs.
  std::optional<signal::Reveal> reveal() const;
  std::string words(const dtls::Fingerprint& peer) const;

 private:
  std::optional<SecurityFailed> trust(const std::vector<signal::FingerprintInit>& signalled);
  std::optional<dtls::Role> decide_role(const signal::DtlsParameters& parameters) const;

  dtls::Fingerprint own_;
  bool expects_ = false;  // only certificates in expected_
  std::vector<dtls::Fingerprint> expected_;
  AuthenticationString string_;
  std::string id_;
  bool has_described_ = false;
  std::optional<dtls::Role> role_;
  std::vector<dtls::Fingerprint> trusted_;
};

}  // namespace floe::peer
