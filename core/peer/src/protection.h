// What stands between the paths of an agent and the data of the application: it opens what arrives
// and seals what leaves. A build without DTLS has none.
//
// Sans-I/O as everything: after each input, take outputs until there are none, then arm a timer for
// deadline().
#pragma once

#include <memory>
#include <optional>
#include <variant>

#include "floe/api/crypto.h"
#include "floe/api/random.h"
#include "floe/ice/candidate.h"
#include "floe/ice/check_payload.h"
#include "floe/ice/send_result.h"
#include "floe/peer/security.h"
#include "floe/signal/dtls_statistics.h"
#include "floe/signal/message.h"
#include "floe/types/result.h"
#include "floe/types/time.h"

namespace floe::peer {

/// To be sent to the peer on the path of `component`.
struct Sealed {
  ice::StreamComponent component;
  ByteVector datagram;
};
/// Data of the peer.
struct Opened {
  ice::StreamComponent component;
  ByteVector datagram;
};
/// The peer has closed its side of the component; nothing follows.
struct EndedByPeer {};
/// The handshake took longer than dtls::kHandshakeTimeMax; begin_again() is allowed.
struct HandshakeTimedOut {
  ice::StreamComponent component;
  SecurityFailed failure;  ///< if it is not begun again
};

class ProtectionOutput : public std::variant<Sealed, Opened, signal::Reveal, Secured,
                                             SecurityFailed, EndedByPeer, HandshakeTimedOut> {
 public:
  using variant::variant;
};

class Protection {
 public:
  Protection() = default;
  Protection(const Protection&) = delete;
  Protection& operator=(const Protection&) = delete;
  virtual ~Protection() = default;

  /// For a description of this end, which is sent now.
  virtual signal::DtlsParameters describe() = 0;
  /// Of a description of the peer. True: the peer has begun anew, and so has this end, which has to
  /// describe itself again.
  virtual bool handle_parameters(const std::optional<signal::DtlsParameters>& parameters) = 0;
  virtual void handle_reveal(const signal::Reveal& reveal) = 0;
  /// Tells again what the peer may have missed.
  virtual void repeat() = 0;

  /// Data can be sent on this component; later calls do nothing. The handshake begins, or what of
  /// it rides in checks is sent.
  virtual void handle_path(Timestamp now, ice::StreamComponent component,
                           std::optional<Duration> round_trip) = 0;
  virtual bool awaits_path(ice::StreamComponent component) const = 0;
  /// The data of the peer, in `room`, which is any buffer, if `datagram` has nothing else. Empty
  /// otherwise: outputs follow.
  virtual std::optional<Bytes> open(Timestamp now, ice::StreamComponent component, Bytes datagram,
                                    ByteVector& room) = 0;
  /// The handshake may begin in checks: take() and give() are called.
  virtual bool rides_in_checks() const = 0;
  /// As in ice::CheckPayload; what is given may have outputs.
  virtual ice::CheckRider take(Timestamp now, ice::StreamComponent component,
                               ice::RidesIn where) = 0;
  virtual void give(Timestamp now, ice::StreamComponent component,
                    const ice::CheckRider& rider) = 0;
  virtual void handle_timeout(Timestamp now) = 0;
  virtual Timestamp deadline() const = 0;
  /// With the next path. After HandshakeTimedOut.
  virtual void begin_again(ice::StreamComponent component) = 0;

  /// The result lives until the next call.
  virtual Result<Bytes, ice::SendResult> seal(Timestamp now, ice::StreamComponent component,
                                              Bytes datagram) = 0;
  /// Each component with a path.
  virtual bool is_secured() const = 0;
  /// The longest datagram that seal() takes on a path that carries all of UDP; 0: none yet.
  virtual std::size_t max_datagram_size(ice::StreamComponent component) const = 0;
  virtual signal::DtlsStatistics statistics() const = 0;
  /// RFC 5705; empty before the component is secured.
  virtual std::optional<ByteVector> export_keying_material(ice::StreamComponent component,
                                                           std::string_view label,
                                                           std::size_t length) const = 0;
  /// Tells the peer.
  virtual void close(Timestamp now) = 0;

  virtual std::optional<ProtectionOutput> poll_output() = 0;
};

/// Null when this build has no DTLS, or no memory. Objects passed by reference must outlive it.
std::unique_ptr<Protection> make_protection(const SecurityOptions& options, RandomSource& random,
                                            Crypto& crypto);

}  // namespace floe::peer
