#include "dtls_protection.h"

#include <algorithm>
#include <utility>

#include "dtls_identity.h"

namespace floe::peer {
namespace {

SecurityFailure failure_of(dtls::FailureReason reason) {
  switch (reason) {
    case dtls::FailureReason::fingerprint_mismatch:
      return SecurityFailure::fingerprint_mismatch;
    case dtls::FailureReason::refused_by_peer:
      return SecurityFailure::refused_by_peer;
    case dtls::FailureReason::timeout:
      return SecurityFailure::timeout;
    default:
      return SecurityFailure::handshake_failed;
  }
}

ice::SendResult result_of(dtls::SendResult result) {
  return result == dtls::SendResult::too_long ? ice::SendResult::too_large
                                              : ice::SendResult::no_path;
}

}  // namespace

DtlsProtection::DtlsProtection(const SecurityOptions& options, const dtls::Certificate& certificate,
                               RandomSource& random, Crypto& crypto)
    : certificate_(certificate),
      random_(random),
      crypto_(crypto),
      expected_(options.expected),
      sped_(options.sped),
      peer_(make_peer()) {
  for (const std::uint16_t profile : options.srtp_profiles) {
    srtp_profiles_.push_back(static_cast<dtls::SrtpProfile>(profile));
  }
}

// Signalling --------------------------------------------------------------------------------------

std::unique_ptr<DtlsPeer> DtlsProtection::make_peer() const {
  return std::make_unique<DtlsPeer>(certificate_.fingerprint(), expected_, random_, crypto_);
}

signal::DtlsParameters DtlsProtection::describe() {
  auto parameters = peer_->describe();
  reveal();
  return parameters;
}

bool DtlsProtection::handle_parameters(const std::optional<signal::DtlsParameters>& parameters) {
  const DtlsPeer::Meaning meaning = peer_->meaning_of(parameters);
  if (meaning == DtlsPeer::Meaning::repeats) return false;
  if (meaning == DtlsPeer::Meaning::answers) peer_->forget_peer();
  if (meaning == DtlsPeer::Meaning::anew) peer_ = make_peer();
  if (meaning != DtlsPeer::Meaning::first) forget_association();
  if (auto failed = peer_->handle_parameters(parameters)) {
    outputs_.emplace_back(std::move(*failed));
  }
  reveal();
  return meaning == DtlsPeer::Meaning::anew;
}

void DtlsProtection::forget_association() {
  legs_.clear();
  outputs_.clear();
  ++associations_;
  secured_.reset();
}

void DtlsProtection::reveal() {
  if (auto reveal = peer_->take_reveal()) outputs_.emplace_back(std::move(*reveal));
}

/// With the description that is repeated.
void DtlsProtection::repeat() {
  peer_->reveal_again();
}

void DtlsProtection::handle_reveal(const signal::Reveal& reveal) {
  if (peer_->handle_reveal(reveal)) return tell_words();
  outputs_.emplace_back(make_security_failed(SecurityFailure::false_reveal));
}

// Paths -------------------------------------------------------------------------------------------

DtlsLeg& DtlsProtection::leg_of(ice::StreamComponent component) {
  const auto place = std::ranges::find(legs_, component, &DtlsLeg::component);
  return place != legs_.end() ? *place : legs_.emplace_back(component);
}

const DtlsLeg* DtlsProtection::find(ice::StreamComponent component) const {
  const auto place = std::ranges::find(legs_, component, &DtlsLeg::component);
  return place != legs_.end() ? &*place : nullptr;
}

std::unique_ptr<dtls::Session> DtlsProtection::make_session(Timestamp now,
                                                            dtls::Options options) const {
  options.role = *peer_->role();
  options.srtp_profiles = srtp_profiles_;
  auto session = std::make_unique<dtls::Session>(certificate_, options, random_);
  session->set_peer_fingerprints(now, peer_->fingerprints());
  return session;
}

bool DtlsProtection::awaits_path(ice::StreamComponent component) const {
  const DtlsLeg* leg = find(component);
  return peer_->role() && (leg == nullptr || leg->session() == nullptr || leg->awaits_path());
}

void DtlsProtection::handle_path(Timestamp now, ice::StreamComponent component,
                                 std::optional<Duration> round_trip) {
  if (!awaits_path(component)) return;
  DtlsLeg& leg = leg_of(component);
  if (leg.session() == nullptr) {
    leg.begin(now, make_session(now, {.round_trip = round_trip}));
    return collect(leg);
  }
  for (ByteVector& datagram : leg.handle_path(now, round_trip)) {
    outputs_.emplace_back(Sealed{component, std::move(datagram)});
  }
}

void DtlsProtection::begin_again(ice::StreamComponent component) {
  leg_of(component).reset();
}

/// Section "Summary" of SPED: "DTLS is started at the same time as ICE."
void DtlsProtection::begin_in_checks(Timestamp now, DtlsLeg& leg) {
  if (leg.session() != nullptr || !peer_->role()) return;
  leg.begin_in_checks(now, make_session(now, {.mtu = kRiderSizeMax, .awaits_path = true}));
  collect(leg);
}

ice::CheckRider DtlsProtection::take(Timestamp now, ice::StreamComponent component,
                                     ice::RidesIn where) {
  DtlsLeg& leg = leg_of(component);
  begin_in_checks(now, leg);
  return leg.take(now, where);
}

void DtlsProtection::give(Timestamp now, ice::StreamComponent component,
                          const ice::CheckRider& rider) {
  DtlsLeg& leg = leg_of(component);
  begin_in_checks(now, leg);
  if (leg.give(now, rider)) collect(leg);
}

std::optional<Bytes> DtlsProtection::open(Timestamp now, ice::StreamComponent component,
                                          Bytes datagram, ByteVector& room) {
  DtlsLeg& leg = leg_of(component);
  const auto data = leg.open(now, datagram, room);
  if (!data && leg.session() != nullptr) collect(leg);
  return data;
}

void DtlsProtection::handle_timeout(Timestamp now) {
  for (DtlsLeg& leg : legs_) {
    if (leg.session() == nullptr) continue;
    leg.session()->handle_timeout(now);
    collect(leg);
  }
}

Timestamp DtlsProtection::deadline() const {
  Timestamp earliest = kNever;
  for (const DtlsLeg& leg : legs_) {
    if (leg.session() != nullptr) earliest = std::min(earliest, leg.session()->deadline());
  }
  return earliest;
}

void DtlsProtection::close(Timestamp now) {
  for (DtlsLeg& leg : legs_) {
    if (leg.session() == nullptr) continue;
    leg.session()->close(now);
    collect(leg);
  }
}

// Data --------------------------------------------------------------------------------------------

Result<Bytes, ice::SendResult> DtlsProtection::seal(Timestamp now, ice::StreamComponent component,
                                                    Bytes datagram) {
  dtls::Session* session = secured_session(component);
  if (session == nullptr) return ice::SendResult(ice::SendResult::no_path);
  const auto sealed = session->seal(now, datagram);
  if (!sealed) return result_of(sealed.error());
  return *sealed;
}

dtls::Session* DtlsProtection::secured_session(ice::StreamComponent component) const {
  const DtlsLeg* leg = find(component);
  return leg != nullptr && leg->is_secured() ? leg->session() : nullptr;
}

bool DtlsProtection::is_secured() const {
  return !legs_.empty() && std::ranges::all_of(legs_, &DtlsLeg::is_secured);
}

std::size_t DtlsProtection::max_datagram_size(ice::StreamComponent component) const {
  const dtls::Session* session = secured_session(component);
  return session == nullptr ? 0 : session->max_datagram_size();
}

std::optional<ByteVector> DtlsProtection::export_keying_material(ice::StreamComponent component,
                                                                 std::string_view label,
                                                                 std::size_t length) const {
  const dtls::Session* session = secured_session(component);
  if (session == nullptr) return std::nullopt;
  return session->export_keying_material(label, length);
}

// Statistics --------------------------------------------------------------------------------------

signal::DtlsStatistics DtlsProtection::statistics() const {
  const Bytes der = certificate_.der();
  signal::DtlsStatistics found{
      .local = {certificate_.fingerprint().value(), {der.begin(), der.end()}}};
  if (const auto role = peer_->role())
    found.role = *role == dtls::Role::client ? "client" : "server";
  for (const DtlsLeg& leg : legs_) leg.count_discarded(found.discarded);
  const auto has_begun = [](const DtlsLeg& leg) { return leg.session() != nullptr; };
  const auto begun = std::ranges::find_if(legs_, has_begun);
  if (begun == legs_.end()) return found;
  found.state = is_secured() ? signal::DtlsState::connected : signal::DtlsState::connecting;
  if (!secured_) return found;
  const Bytes shown = begun->session()->peer_certificate();
  found.remote = {secured_->peer_fingerprint, {shown.begin(), shown.end()}};
  found.version = "FEFD";
  found.cipher = secured_->cipher;
  found.srtp_cipher = to_text(static_cast<dtls::SrtpProfile>(secured_->srtp_profile));
  return found;
}

// Outputs -----------------------------------------------------------------------------------------

void DtlsProtection::collect(DtlsLeg& leg) {
  leg.begin_flight();
  while (auto output = leg.session()->poll_output()) take(leg, *output);
}

void DtlsProtection::take(DtlsLeg& leg, dtls::Output& output) {
  if (auto* transmit = std::get_if<dtls::Transmit>(&output)) {
    if (leg.note_transmit(transmit->datagram)) {
      outputs_.emplace_back(Sealed{leg.component(), std::move(transmit->datagram)});
    }
  } else if (auto* data = std::get_if<dtls::DataReceived>(&output)) {
    outputs_.emplace_back(Opened{leg.component(), std::move(data->bytes)});
  } else if (const auto* secured = std::get_if<dtls::Secured>(&output)) {
    take(leg, *secured);
  } else if (const auto* failed = std::get_if<dtls::Failed>(&output)) {
    take(leg, *failed);
  } else {
    outputs_.emplace_back(EndedByPeer{});
  }
}

void DtlsProtection::take(DtlsLeg& leg, const dtls::Secured& secured) {
  leg.note_secured(peer_->role() == dtls::Role::server);
  secured_ = Secured{.fingerprint = certificate_.fingerprint().value(),
                     .peer_fingerprint = secured.peer.value(),
                     .words = peer_->words(secured.peer),
                     .protocol = "DTLS 1.2",
                     .cipher = secured.cipher,
                     .srtp_profile = static_cast<std::uint16_t>(
                         secured.srtp_profile.value_or(dtls::SrtpProfile{})),
                     .component = leg.component(),
                     .is_client = peer_->role() == dtls::Role::client,
                     .association = associations_};
  outputs_.emplace_back(*secured_);
}

void DtlsProtection::take(const DtlsLeg& leg, const dtls::Failed& failed) {
  SecurityFailed failure{failure_of(failed.reason), failed.message};
  if (failed.reason == dtls::FailureReason::timeout) {
    outputs_.emplace_back(HandshakeTimedOut{leg.component(), std::move(failure)});
  } else {
    outputs_.emplace_back(std::move(failure));
  }
}

void DtlsProtection::tell_words() {
  if (!secured_ || !secured_->words.empty()) return;
  const auto peer =
      dtls::Fingerprint::parse(dtls::Fingerprint::kAlgorithm, secured_->peer_fingerprint);
  secured_->words = peer_->words(*peer);
  if (!secured_->words.empty()) outputs_.emplace_back(*secured_);
}

std::optional<ProtectionOutput> DtlsProtection::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  ProtectionOutput output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

std::unique_ptr<Protection> make_protection(const SecurityOptions& options, RandomSource& random,
                                            Crypto& crypto) {
  const auto identity = options.identity ? options.identity : generate_identity(random);
  if (!identity) return nullptr;
  const auto& certificate = static_cast<const DtlsIdentity&>(*identity).certificate();
  return std::make_unique<DtlsProtection>(options, certificate, random, crypto);
}

}  // namespace floe::peer
