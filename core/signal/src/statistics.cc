#include "floe/signal/statistics.h"

#include "floe/ice/candidate_grammar.h"
#include "floe/types/decimal.h"
#include "floe/types/text.h"
#include "floe/wire/base64.h"

namespace floe::signal {
namespace {

constexpr std::string_view kTransportId = "T0";
constexpr std::string_view kLocalCertificateId = "CL";
constexpr std::string_view kRemoteCertificateId = "CR";

std::string id(char kind, std::size_t number) {
  return concat({std::string_view(&kind, 1), to_decimal(number)});
}

void begin(json::Writer& out, Timestamp now, std::string_view type, std::string_view name) {
  out.begin_object();
  out.name("id").string(name);
  out.name("type").string(type);
  out.name("timestamp").fixed_point(now.time_since_epoch().count(), 3);
}

void write_address(json::Writer& out, const ice::Candidate& candidate) {
  out.name("address").string(candidate.address.ip.to_text());
  out.name("port").integer(candidate.address.port);
  out.name("protocol").string(to_text(candidate.address.protocol));
}

void write_related(json::Writer& out, const ice::Candidate& candidate) {
  if (!candidate.related) return;
  out.name("relatedAddress").string(candidate.related->ip.to_text());
  out.name("relatedPort").integer(candidate.related->port);
}

/// W3C's relayProtocol and url: the server of a relayed candidate, and how it is reached.
void write_route(json::Writer& out, const ice::Agent& agent, const ice::Candidate& candidate) {
  if (candidate.type != ice::CandidateType::relayed) return;
  const auto route = agent.relay_route_of(candidate.address);
  if (!route) return;
  const bool is_secure = route->transport == turn::Transport::tls;
  out.name("relayProtocol").string(to_text(route->transport));
  const std::string server = route->server.to_text();
  const std::string_view transport = route->transport == turn::Transport::udp ? "udp" : "tcp";
  std::string url = is_secure ? "turns:" : "turn:";
  append(url, {server, "?transport=", transport});
  out.name("url").string(url);
}

void write_candidates(json::Writer& out, Timestamp now, char kind, std::string_view type,
                      const List<ice::Candidate>& candidates, const ice::Agent* own = nullptr) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const ice::Candidate& candidate = candidates[i];
    begin(out, now, type, id(kind, i));
    out.name("transportId").string(kTransportId);
    write_address(out, candidate);
    out.name("candidateType").string(to_text(candidate.type));
    out.name("priority").integer(candidate.priority);
    out.name("foundation").string(candidate.foundation.text());
    write_related(out, candidate);
    if (own != nullptr) write_route(out, *own, candidate);
    out.end_object();
  }
}

/// In milliseconds, as `timestamp`.
void write_time(json::Writer& out, std::string_view name, Timestamp at) {
  if (at == Timestamp()) return;
  out.name(name).fixed_point(at.time_since_epoch().count(), 3);
}

void write_traffic(json::Writer& out, const ice::PairStatistics& traffic) {
  write_time(out, "lastPacketSentTimestamp", traffic.last_sent);
  write_time(out, "lastPacketReceivedTimestamp", traffic.last_received);
  out.name("packetsSent").unsigned_integer(traffic.data_sent);
  out.name("packetsReceived").unsigned_integer(traffic.data_received);
  out.name("bytesSent").unsigned_integer(traffic.data_bytes_sent);
  out.name("bytesReceived").unsigned_integer(traffic.data_bytes_received);
  out.name("packetsDiscardedOnSend").unsigned_integer(traffic.data_discarded);
  out.name("bytesDiscardedOnSend").unsigned_integer(traffic.data_bytes_discarded);
  out.name("requestsSent").unsigned_integer(traffic.requests_sent);
  out.name("requestsReceived").unsigned_integer(traffic.requests_received);
  out.name("responsesSent").unsigned_integer(traffic.responses_sent);
  out.name("responsesReceived").unsigned_integer(traffic.responses_received);
  out.name("consentRequestsSent").unsigned_integer(traffic.consent_requests_sent);
  if (traffic.round_trips == 0) return;
  // W3C's unit is seconds.
  out.name("currentRoundTripTime").fixed_point(traffic.current_round_trip.count(), 6);
  out.name("totalRoundTripTime").fixed_point(traffic.total_round_trip.count(), 6);
}

void write_pairs(json::Writer& out, Timestamp now, const ice::Agent& agent) {
  const auto pairs = agent.pairs();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const ice::CandidatePair& pair = pairs[i];
    if (pair.state == ice::PairState::removed) continue;  // W3C has only pairs of the check list
    begin(out, now, "candidate-pair", id('P', i));
    out.name("transportId").string(kTransportId);
    out.name("localCandidateId").string(id('L', pair.valid_local.value_or(pair.local).value()));
    out.name("remoteCandidateId").string(id('R', pair.remote.value()));
    out.name("state").string(to_text(pair.state));
    out.name("nominated").boolean(pair.nomination.is_nominated());
    out.name("priority").unsigned_integer(pair.priority);
    write_traffic(out, pair.statistics);
    out.end_object();
  }
}

std::string_view to_text(DtlsState state) {
  switch (state) {
    case DtlsState::fresh:
      return "new";
    case DtlsState::connecting:
      return "connecting";
    case DtlsState::connected:
      return "connected";
    case DtlsState::closed:
      return "closed";
    case DtlsState::failed:
      return "failed";
  }
  return "";
}

/// Not W3C's.
void write_discarded(json::Writer& out, const DiscardedRecords& discarded) {
  out.name("dtlsRecordsReplayed").unsigned_integer(discarded.replayed);
  out.name("dtlsRecordsForged").unsigned_integer(discarded.forged);
  out.name("dtlsRecordsTruncated").unsigned_integer(discarded.truncated);
  out.name("dtlsRecordsUnexpected").unsigned_integer(discarded.unexpected);
}

void write_dtls(json::Writer& out, const DtlsStatistics& dtls) {
  out.name("dtlsState").string(to_text(dtls.state));
  out.name("dtlsRole").string(dtls.role);
  write_discarded(out, dtls.discarded);
  out.name("localCertificateId").string(kLocalCertificateId);
  if (!dtls.remote) return;
  out.name("remoteCertificateId").string(kRemoteCertificateId);
  out.name("tlsVersion").string(dtls.version);
  out.name("dtlsCipher").string(dtls.cipher);
  if (!dtls.srtp_cipher.empty()) out.name("srtpCipher").string(dtls.srtp_cipher);
}

void write_certificate(json::Writer& out, Timestamp now, std::string_view name,
                       const CertificateStatistics& certificate) {
  begin(out, now, "certificate", name);
  out.name("fingerprint").string(certificate.fingerprint);
  out.name("fingerprintAlgorithm").string("sha-256");
  if (!certificate.der.empty()) {
    out.name("base64Certificate").string(encode_base64(certificate.der));
  }
  out.end_object();
}

void write_transport(json::Writer& out, Timestamp now, const ice::Agent& agent,
                     const std::optional<DtlsStatistics>& dtls) {
  const ice::AgentCounters& counters = agent.counters();
  begin(out, now, "transport", kTransportId);
  out.name("iceState").string(to_text(agent.state()));
  out.name("iceRole").string(to_text(agent.role()));
  out.name("selectedCandidatePairChanges").unsigned_integer(agent.counters().selected_pair_changes);
  out.name("iceLocalUsernameFragment").string(agent.local_credentials().ufrag);
  out.name("packetsSent").unsigned_integer(counters.datagrams_sent);
  out.name("packetsReceived").unsigned_integer(counters.datagrams_received);
  out.name("bytesSent").unsigned_integer(counters.bytes_sent);
  out.name("bytesReceived").unsigned_integer(counters.bytes_received);
  // Not W3C's.
  out.name("packetsNotSentQueueFull").unsigned_integer(counters.not_sent.queue_full);
  out.name("packetsNotSentTooLarge").unsigned_integer(counters.not_sent.too_large);
  out.name("packetsNotSentRefused").unsigned_integer(counters.not_sent.refused);
  if (const auto pair = agent.selected_pair_index(1)) {
    out.name("selectedCandidatePairId").string(id('P', pair->value()));
  }
  if (dtls) write_dtls(out, *dtls);
  out.end_object();
}

}  // namespace

void write_statistics(json::Writer& out, Timestamp now, const ice::Agent& agent,
                      const std::optional<DtlsStatistics>& dtls) {
  out.begin_array();
  write_transport(out, now, agent, dtls);
  write_pairs(out, now, agent);
  write_candidates(out, now, 'L', "local-candidate", agent.known_local_candidates(), &agent);
  write_candidates(out, now, 'R', "remote-candidate", agent.known_remote_candidates());
  if (dtls) write_certificate(out, now, kLocalCertificateId, dtls->local);
  if (dtls && dtls->remote) write_certificate(out, now, kRemoteCertificateId, *dtls->remote);
  out.end_array();
}

void write_candidate_members(json::Writer& out, const ice::Candidate& candidate) {
  out.name("candidate").string(ice::write_candidate_line(candidate));
  out.name("type").string(to_text(candidate.type));
  write_address(out, candidate);
  write_related(out, candidate);
}

void write_own_candidate_members(json::Writer& out, const ice::Candidate& candidate,
                                 const ice::Agent& agent) {
  write_candidate_members(out, candidate);
  write_route(out, agent, candidate);
}

}  // namespace floe::signal
