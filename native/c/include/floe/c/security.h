// How a connection of the C API is encrypted, or why it is not: DTLS 1.2 over the paths of ICE,
// with the fingerprints of the certificates in the signalling.
//
// Who carries the signalling could put itself between the two ends. Two remedies: the program knows
// the peer's fingerprint beforehand (`expected_fingerprints`), or two people compare the words,
// which then differ.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What the handshake came to. Each text ends in 0. New members will come at the end.
typedef struct floe_security {
  size_t size;                   ///< sizeof(floe_security): set by who provides the structure
  const char* fingerprint;       ///< of this end's certificate: SHA-256, "AB:CD:…"
  const char* peer_fingerprint;  ///< of the certificate that the peer has shown
  /// Four words, the same at both ends if nobody is between them. "": not known yet, or the peer
  /// knows no such words.
  const char* words;
  const char* protocol;  ///< "DTLS 1.2"
  const char* cipher;    ///< IANA's name
} floe_security;

/// Why a connection ended instead of being encrypted. Each text ends in 0.
typedef struct floe_insecure {
  /// For programs, the same as in JavaScript: "not-encrypted", "bad-parameters", "not-expected",
  /// "fingerprint-mismatch", "refused-by-peer", "handshake-timeout", "false-reveal" or
  /// "handshake-failed". Later versions may have further ones.
  const char* code;
  const char* text;  ///< what happened, why, and what to do
} floe_insecure;

#ifdef __cplusplus
}  // extern "C"
#endif
