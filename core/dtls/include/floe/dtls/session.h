// One DTLS 1.2 association (RFC 6347), client or server, without I/O, on mbedTLS.
//
//   Session session(certificate, options, random);
//   session.set_peer_fingerprints(now, {…});     as soon as the signalling has them
//   session.start(now);                          as soon as datagrams can be sent
//   what arrives ─▶ handle_datagram(now, bytes)
//   after each call: poll_output()* ─▶ to the network and to the application
//                    one timer for deadline() ─▶ handle_timeout(now)
//
// It begins when it has both started and the fingerprints. What arrives before that is kept: a
// ClientHello may come before the answer that has its fingerprint (RFC 8842, section 5.2).
//
// Neither a restart of ICE nor another path needs a new handshake: the association does not know
// addresses. It ends once, by Failed, by ClosedByPeer or by close().
//
// A handshake protects itself only by its last messages (RFC 5246, section 7.4.9). Until then a
// stranger on the path can make it fail. No stranger can make it succeed, and none can end it
// afterwards.
//
// It takes less than 40 kB: 33.5 kB are the two buffers in which mbedTLS holds a record of any
// length that the RFC allows, and 1.5 kB the certificate of the peer. No other buffer is kept
// between datagrams. A server keeps its last flight until the first data of the peer, which takes 4
// kB more.
//
// On hosts where mbedTLS has a clock it writes the time of the calendar into its hello, as RFC
// 5246, section 7.4.1.2, has it. Nothing depends on that time.
#pragma once

#include <list>
#include <memory>
#include <string_view>
#include <variant>

#include "floe/api/random.h"
#include "floe/dtls/certificate.h"
#include "floe/dtls/failure.h"
#include "floe/dtls/options.h"
#include "floe/types/result.h"

namespace floe::dtls {

class Association;
class EarlyDatagrams;
struct Record;

struct Transmit {
  ByteVector datagram;
};
/// The handshake is complete, and the peer has the certificate of this fingerprint.
struct Secured {
  Fingerprint peer;
  std::string_view cipher;    ///< "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
  std::string_view protocol;  ///< "DTLSv1.2"
  std::optional<SrtpProfile> srtp_profile;
};
struct DataReceived {
  ByteVector bytes;
};
/// The association is over; nothing follows.
struct ClosedByPeer {};

using Output = std::variant<Transmit, Secured, DataReceived, Failed, ClosedByPeer>;

enum class SendResult : std::uint8_t {
  sent,       ///< a Transmit follows
  not_ready,  ///< Secured has not come yet
  too_long,   ///< longer than max_datagram_size()
  closed,     ///< the association is over
};

/// Records that were discarded and changed nothing.
struct SessionCounters {
  std::uint64_t replayed = 0;    ///< seen before, or too old to tell
  std::uint64_t forged = 0;      ///< not made by the peer, or damaged on the way
  std::uint64_t truncated = 0;   ///< the end of a datagram that holds no whole record
  std::uint64_t unexpected = 0;  ///< of a handshake that is over, or of another one
  std::uint64_t not_kept = 0;    ///< datagrams that came before the fingerprints, beyond the limit
};

class Session {
 public:
  /// `random` must outlive the session.
  Session(const Certificate& certificate, const Options& options, RandomSource& random);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Once. The peer's certificate has to match one of them; an empty list matches none.
  void set_peer_fingerprints(Timestamp now, const std::vector<Fingerprint>& fingerprints);
  void start(Timestamp now);
  /// After Options::awaits_path: from now on there is a path, and what was not known to have
  /// arrived is sent on it. Flights are sent again by time, and the peer has kHandshakeTimeMax.
  void handle_path(Timestamp now, const std::optional<Duration>& round_trip);

  void handle_datagram(Timestamp now, Bytes datagram);
  /// The same without an output for each datagram. Data, in `room`, when `datagram` is one record
  /// with nothing else; `room` is any buffer, and best the same one each time. Empty otherwise:
  /// outputs may follow.
  std::optional<Bytes> open(Timestamp now, Bytes datagram, ByteVector& room);
  void handle_timeout(Timestamp now);
  Timestamp deadline() const;
  std::optional<Output> poll_output();

  SendResult send(Timestamp now, Bytes bytes);
  /// The same without an output for each datagram: what to transmit, until the next call.
  Result<Bytes, SendResult> seal(Timestamp now, Bytes bytes);
  /// How much send() takes: kDataSizeMax from Secured on, whatever the MTU is.
  std::size_t max_datagram_size() const;
  /// Tells the peer.
  void close(Timestamp now);

  /// RFC 5705, without a context. Empty before Secured, and for the labels of TLS itself.
  std::optional<ByteVector> export_keying_material(std::string_view label,
                                                   std::size_t length) const;

  bool is_secured() const;
  /// DER. Empty before Secured, and with an mbedTLS that keeps none.
  Bytes peer_certificate() const;
  const SessionCounters& counters() const { return counters_; }

 private:
  void begin_if_ready(Timestamp now);
  void begin_patience(Timestamp now);
  void process(Timestamp now, Bytes datagram);
  void handle_record(const Record& record);
  void handle_protected_record(const Record& record);
  bool opens(const Record& record, ByteVector& room);
  bool is_good(const Record& record);
  void advance();
  void collect_datagrams();
  void end();

  enum class State : std::uint8_t { waiting, handshaking, secured, over };

  const Role role_;
  std::unique_ptr<Association> association_;
  std::unique_ptr<EarlyDatagrams> early_;
  State state_ = State::waiting;
  bool started_ = false;
  bool knows_fingerprints_ = false;
  bool awaits_path_;
  Timestamp gives_up_ = kNever;
  std::list<Output> outputs_;
  SessionCounters counters_;
};

}  // namespace floe::dtls
