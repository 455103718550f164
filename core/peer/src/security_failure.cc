#include "floe/peer/security.h"

namespace floe::peer {
namespace {

std::string_view sentence_of(SecurityFailure reason) {
  switch (reason) {
    case SecurityFailure::not_encrypted:
      return "The peer does not encrypt, and this end does: switch DTLS on at the peer. If it is "
             "on there, something between the two removed it from the signalling messages.";
    case SecurityFailure::bad_parameters:
      return "What the peer signalled about its certificate cannot be used: it needs a fingerprint "
             "by sha-256 and a setup that fits (RFC 8842). Is this end's own message coming back?";
    case SecurityFailure::not_expected:
      return "The peer's certificate is not the expected one: either it has a new certificate, and "
             "the expected fingerprint has to be changed, or somebody stands in the peer's place.";
    case SecurityFailure::false_reveal:
      return "The number behind the words is not the one that the peer promised: something between "
             "the two changes the signalling messages. Do not trust this server.";
    case SecurityFailure::fingerprint_mismatch:
    case SecurityFailure::refused_by_peer:
    case SecurityFailure::timeout:
    case SecurityFailure::handshake_failed:
      break;
    case SecurityFailure::unavailable:
      return "This end has no DTLS, or no memory for it: build it with FLOE_DTLS, or ask both ends "
             "for plaintext.";
  }
  return {};
}

}  // namespace

SecurityFailed make_security_failed(SecurityFailure reason) {
  return {reason, std::string(sentence_of(reason))};
}

std::string_view to_text(SecurityFailure failure) {
  switch (failure) {
    case SecurityFailure::not_encrypted:
      return "not-encrypted";
    case SecurityFailure::bad_parameters:
      return "bad-parameters";
    case SecurityFailure::not_expected:
      return "not-expected";
    case SecurityFailure::fingerprint_mismatch:
      return "fingerprint-mismatch";
    case SecurityFailure::refused_by_peer:
      return "refused-by-peer";
    case SecurityFailure::timeout:
      return "handshake-timeout";
    case SecurityFailure::false_reveal:
      return "false-reveal";
    case SecurityFailure::handshake_failed:
      return "handshake-failed";
    case SecurityFailure::unavailable:
      return "dtls-unavailable";
  }
  return "?";
}

}  // namespace floe::peer
