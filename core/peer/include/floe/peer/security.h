// How the data of a connection is encrypted, and how the two ends recognize each other: DTLS 1.2
// over the paths of ICE (RFC 8842), with fingerprints in the signalling (RFC 8122).
//
// Who changes the signalling can put itself between the two ends, and each of them would see a
// certificate that fits. Two remedies are here: the peer's fingerprint is known beforehand
// (`expected`), or two people compare the words of Secured, which then differ.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/candidate.h"
#include "floe/peer/identity.h"

namespace floe::peer {

struct SecurityOptions {
  /// Of this end. Empty: a new one, for this connection alone, or for all connections of a room.
  std::shared_ptr<const Identity> identity = {};
  /// The certificates that the peer may have, as their fingerprints: it must have signalled one of
  /// them. Empty: the peer may have any. No peer fits what is_fingerprint() denies.
  std::vector<std::string> expected = {};
  /// For media that takes the keys over, in the order of preference: IANA's numbers of protection
  /// profiles (RFC 5764, section 4.1.2).
  std::vector<std::uint16_t> srtp_profiles = {};
  /// The handshake begins in the checks of ICE, before there is a path, if the peer can do this,
  /// too: a round trip less (SPED, draft-hancke-webrtc-sped).
  bool sped = false;
};

/// The handshake is complete. It comes again when the words become known later.
struct Secured {
  std::string fingerprint;       ///< of this end, "AB:CD:…", SHA-256
  std::string peer_fingerprint;  ///< of the certificate that the peer has shown
  /// Four words, the same at both ends if nobody is between them. Empty: not known yet, or the peer
  /// knows no such words.
  std::string words;
  std::string_view protocol;       ///< "DTLS 1.2"
  std::string_view cipher;         ///< IANA's name
  std::uint16_t srtp_profile = 0;  ///< that both ends chose; 0: none
  ice::StreamComponent component = 1;
  bool is_client = false;  ///< this end began the handshake
  /// The number of this component's association, from 1. It grows when the peer starts over.
  std::uint32_t association = 1;
};

enum class SecurityFailure : std::uint8_t {
  not_encrypted,         ///< the peer wants plaintext
  bad_parameters,        ///< what the peer signalled fits neither RFC 8122 nor RFC 8842
  not_expected,          ///< the peer signalled a certificate that is not in `expected`
  fingerprint_mismatch,  ///< the peer showed another certificate than it signalled
  refused_by_peer,       ///< by an alert
  timeout,               ///< the handshake took too long
  false_reveal,          ///< the number behind the words is not the one that was promised
  handshake_failed,      ///< for any other reason, which the message has
  unavailable,           ///< this end has no DTLS
};

/// A word for programs: "fingerprint-mismatch".
std::string_view to_text(SecurityFailure failure);

/// The connection is over. Nothing that the peer sent was taken in plaintext.
struct SecurityFailed {
  SecurityFailure reason;
  std::string message;  ///< what happened, why, and what to do
};

/// With the sentence of `reason`; empty for those that only a handshake can explain.
SecurityFailed make_security_failed(SecurityFailure reason);

}  // namespace floe::peer
