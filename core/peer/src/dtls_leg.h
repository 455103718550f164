// The association of one component: a session of DTLS, what came before it began, and what of its
// handshake rides in checks.
//
//   a path ──▶ begin() ──▶ Session                          every datagram goes by the path
//   a check ──▶ begin_in_checks() ──▶ Session, Riders       and until handle_path() in checks alone
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/dtls/early_datagrams.h"
#include "floe/dtls/session.h"
#include "floe/ice/candidate.h"
#include "floe/signal/dtls_statistics.h"
#include "riders.h"

namespace floe::peer {

class DtlsLeg {
 public:
  explicit DtlsLeg(ice::StreamComponent component) : component_(component) {}

  ice::StreamComponent component() const { return component_; }
  /// Null before it begins.
  dtls::Session* session() const { return session_.get(); }
  bool is_secured() const { return session_ && session_->is_secured(); }
  bool awaits_path() const { return awaits_path_; }
  /// Adds the records that the session has discarded.
  void count_discarded(signal::DiscardedRecords& sum) const;

  // `session` has its fingerprints. Outputs of the session may follow.

  void begin(Timestamp now, std::unique_ptr<dtls::Session> session);
  /// Its options have kRiderSizeMax and `awaits_path`.
  void begin_in_checks(Timestamp now, std::unique_ptr<dtls::Session> session);
  /// What began in checks has a path. Returns what is to be sent on it.
  std::vector<ByteVector> handle_path(Timestamp now, const std::optional<Duration>& round_trip);
  /// As before the beginning.
  void reset();

  /// As dtls::Session::open(). Before the beginning the datagram is kept.
  std::optional<Bytes> open(Timestamp now, Bytes datagram, ByteVector& room);
  ice::CheckRider take(Timestamp now, ice::RidesIn where);
  /// True: outputs of the session may follow.
  bool give(Timestamp now, const ice::CheckRider& rider);

  /// The session's outputs are taken now: those of one input are one flight.
  void begin_flight();
  /// One of them. True: it is to be sent on the path.
  bool note_transmit(Bytes datagram);
  void note_secured(bool has_sent_last);

 private:
  ice::StreamComponent component_;
  dtls::EarlyDatagrams early_;
  std::unique_ptr<dtls::Session> session_;
  std::unique_ptr<Riders> riders_;  // null: nothing rides, or not any more
  bool awaits_path_ = false;
};

}  // namespace floe::peer
