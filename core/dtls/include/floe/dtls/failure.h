// Why an association ended, in a word for programs and a sentence for people.
#pragma once

#include <cstdint>
#include <string>

namespace floe::dtls {

enum class FailureReason : std::uint8_t {
  fingerprint_mismatch,  ///< the peer's certificate is not the one that was signalled
  no_certificate,        ///< the client showed none
  refused_by_peer,       ///< the peer ended the association with an alert
  timeout,               ///< the handshake took longer than kHandshakeTimeMax
  nothing_in_common,     ///< no version, cipher or curve that both ends have
  protocol_error,        ///< the peer broke the rules of DTLS
  limit,                 ///< no memory, or the sequence numbers of records are used up
};

/// The association is over; nothing follows.
struct Failed {
  FailureReason reason;
  /// What happened, why, and what to do.
  std::string message;
};

/// `alert` is the description of the peer's alert, 0 when it is not known.
Failed make_failed(FailureReason reason, std::uint8_t alert = 0);

}  // namespace floe::dtls
