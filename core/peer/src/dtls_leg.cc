#include "dtls_leg.h"

#include <utility>

namespace floe::peer {

void DtlsLeg::begin(Timestamp now, std::unique_ptr<dtls::Session> session) {
  session_ = std::move(session);
  session_->start(now);
  for (const ByteVector& datagram : early_.take()) {
    if (riders_) (void)riders_->is_new(datagram);
    session_->handle_datagram(now, datagram);
  }
}

void DtlsLeg::begin_in_checks(Timestamp now, std::unique_ptr<dtls::Session> session) {
  riders_ = std::make_unique<Riders>();
  awaits_path_ = true;
  begin(now, std::move(session));
}

/// Section "Direct Transmission on Selected Candidate Pairs" of SPED: the datagrams of the
/// handshake go "directly over that pair without waiting for a scheduled STUN message". For Floe
/// any pair that works is good enough.
std::vector<ByteVector> DtlsLeg::handle_path(Timestamp now,
                                             const std::optional<Duration>& round_trip) {
  awaits_path_ = false;
  session_->handle_path(now, round_trip);
  return riders_ ? riders_->flight() : std::vector<ByteVector>();
}

void DtlsLeg::count_discarded(signal::DiscardedRecords& sum) const {
  if (!session_) return;
  const dtls::SessionCounters& counters = session_->counters();
  sum.replayed += counters.replayed;
  sum.forged += counters.forged;
  sum.truncated += counters.truncated;
  sum.unexpected += counters.unexpected;
}

void DtlsLeg::reset() {
  session_.reset();
  riders_.reset();
  awaits_path_ = false;
}

std::optional<Bytes> DtlsLeg::open(Timestamp now, Bytes datagram, ByteVector& room) {
  if (!session_) {
    early_.keep(datagram);
    return std::nullopt;
  }
  // "a directly received DTLS handshake packet is acknowledged by adding its CRC-32 to L2".
  if (riders_) (void)riders_->is_new(datagram);
  return session_->open(now, datagram, room);
}

ice::CheckRider DtlsLeg::take(Timestamp now, ice::RidesIn where) {
  if (!riders_) return {};
  const bool was_over = riders_->is_over();
  if (was_over) riders_.reset();
  return was_over ? ice::CheckRider{} : riders_->take(now, where);
}

bool DtlsLeg::give(Timestamp now, const ice::CheckRider& rider) {
  if (!session_) {
    // Several checks bring the same one.
    const bool is_known = !Riders::can_ride(rider.datagram) || early_.has(rider.datagram);
    if (!is_known) early_.keep(rider.datagram);
    return false;
  }
  if (!riders_) return false;
  if (rider.receipts) riders_->handle_receipts(*rider.receipts);
  if (!riders_->is_new(rider.datagram)) return false;
  session_->handle_datagram(now, rider.datagram);
  return true;
}

void DtlsLeg::begin_flight() {
  if (riders_) riders_->begin_flight();
}

bool DtlsLeg::note_transmit(Bytes datagram) {
  if (riders_) riders_->add(datagram);
  return !awaits_path_;
}

void DtlsLeg::note_secured(bool has_sent_last) {
  if (riders_) riders_->settle(has_sent_last);
}

}  // namespace floe::peer
