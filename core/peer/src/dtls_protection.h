// The protection of a connection by DTLS: one association for each component (RFC 5764, section
// 4.1), all with one certificate and one role.
//
//   descriptions ──▶ DtlsPeer: role, fingerprints ──┐
//   first path of a component ──────────────────────┴─▶ dtls::Session ──▶ Secured
//
// The handshake begins on the first pair that works, before one is nominated. What arrives earlier
// is kept: the peer may have its path, and our fingerprint, before we have either.
#pragma once

#include <deque>
#include <vector>

#include "dtls_leg.h"
#include "dtls_peer.h"
#include "protection.h"

namespace floe::peer {

class DtlsProtection final : public Protection {
 public:
  DtlsProtection(const SecurityOptions& options, const dtls::Certificate& certificate,
                 RandomSource& random, Crypto& crypto);

  signal::DtlsParameters describe() override;
  bool handle_parameters(const std::optional<signal::DtlsParameters>& parameters) override;
  void handle_reveal(const signal::Reveal& reveal) override;
  void repeat() override;
  void handle_path(Timestamp now, ice::StreamComponent component,
                   std::optional<Duration> round_trip) override;
  bool awaits_path(ice::StreamComponent component) const override;
  std::optional<Bytes> open(Timestamp now, ice::StreamComponent component, Bytes datagram,
                            ByteVector& room) override;
  bool rides_in_checks() const override { return sped_; }
  ice::CheckRider take(Timestamp now, ice::StreamComponent component, ice::RidesIn where) override;
  void give(Timestamp now, ice::StreamComponent component, const ice::CheckRider& rider) override;
  void handle_timeout(Timestamp now) override;
  Timestamp deadline() const override;
  void begin_again(ice::StreamComponent component) override;
  Result<Bytes, ice::SendResult> seal(Timestamp now, ice::StreamComponent component,
                                      Bytes datagram) override;
  bool is_secured() const override;
  std::size_t max_datagram_size(ice::StreamComponent component) const override;
  std::optional<ByteVector> export_keying_material(ice::StreamComponent component,
                                                   std::string_view label,
                                                   std::size_t length) const override;
  signal::DtlsStatistics statistics() const override;
  void close(Timestamp now) override;
  std::optional<ProtectionOutput> poll_output() override;

 private:
  DtlsLeg& leg_of(ice::StreamComponent component);
  const DtlsLeg* find(ice::StreamComponent component) const;
  /// Null: it is not secured.
  dtls::Session* secured_session(ice::StreamComponent component) const;
  std::unique_ptr<dtls::Session> make_session(Timestamp now, dtls::Options options) const;
  void begin_in_checks(Timestamp now, DtlsLeg& leg);
  void collect(DtlsLeg& leg);
  void take(DtlsLeg& leg, dtls::Output& output);
  void take(DtlsLeg& leg, const dtls::Secured& secured);
  void take(const DtlsLeg& leg, const dtls::Failed& failed);
  void reveal();
  void tell_words();

  std::unique_ptr<DtlsPeer> make_peer() const;
  void forget_association();

  dtls::Certificate certificate_;
  RandomSource& random_;
  Crypto& crypto_;
  std::vector<std::string> expected_;
  std::vector<dtls::SrtpProfile> srtp_profiles_;
  const bool sped_;
  std::unique_ptr<DtlsPeer> peer_;  // never null
  std::vector<DtlsLeg> legs_;       // as many as the agent has components, at most
  std::optional<Secured> secured_;
  std::uint32_t associations_ = 1;
  std::deque<ProtectionOutput> outputs_;
};

}  // namespace floe::peer
