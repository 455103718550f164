#include "floe/dtls/failure.h"

#include <string_view>

namespace floe::dtls {

namespace {

// RFC 5246, section 7.2: bad_certificate(42) to certificate_unknown(46), unknown_ca(48) and
// access_denied(49).
bool concerns_certificate(std::uint8_t alert) {
  return (alert >= 42 && alert <= 46) || alert == 48 || alert == 49;
}

std::string refusal(std::uint8_t alert) {
  if (alert == 0) return "the peer ended the association with an alert; its log should say why";
  const std::string number = " (alert " + std::to_string(alert) + ")";
  if (concerns_certificate(alert)) {
    return "the peer refused the certificate of this end" + number +
           ": the fingerprint that it was told is another one; see who carries the signalling "
           "messages";
  }
  return "the peer ended the association" + number + "; its log should say why";
}

std::string_view sentence(FailureReason reason) {
  switch (reason) {
    case FailureReason::fingerprint_mismatch:
      return "the peer's certificate is not the one whose fingerprint was signalled: a stranger "
             "changed the fingerprint or answers in the peer's place; do not trust this path, and "
             "see who carries the signalling messages";
    case FailureReason::no_certificate:
      return "the peer showed no certificate, so it cannot be the one whose fingerprint was "
             "signalled; it has to have one (RFC 8122, section 6.2)";
    case FailureReason::timeout:
      return "the DTLS handshake did not complete in 30 seconds: datagrams are lost, or the peer "
             "does not speak DTLS on this path; see whether it has DTLS switched on";
    case FailureReason::nothing_in_common:
      return "the two ends share no DTLS version, cipher or curve: this one speaks DTLS 1.2 with "
             "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 on P-256, and natively with RSA in place of "
             "ECDSA; the peer has to allow one of them";
    case FailureReason::protocol_error:
      return "the peer sent what no DTLS handshake has at this place: it is faulty, or a stranger "
             "sends on this path; try again, and report it if it happens again";
    case FailureReason::refused_by_peer:
    case FailureReason::limit:
      break;
  }
  return "this end has no memory or no sequence number left for DTLS; begin a new association";
}

}  // namespace

Failed make_failed(FailureReason reason, std::uint8_t alert) {
  if (reason == FailureReason::refused_by_peer) return {reason, refusal(alert)};
  return {reason, std::string(sentence(reason))};
}

}  // namespace floe::dtls
