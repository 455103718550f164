// An agent's statistics as W3C's dictionaries (webrtc-stats), for getStats() and `floe agent`.
#pragma once

#include "floe/ice/agent.h"
#include "floe/json/writer.h"
#include "floe/signal/dtls_statistics.h"

namespace floe::signal {

/// One array: RTCTransportStats, and for the current generation RTCIceCandidatePairStats and
/// RTCIceCandidateStats of both sides. Packets and bytes of the transport count all datagrams,
/// connectivity checks included. `now` becomes each dictionary's timestamp, in milliseconds. With
/// `dtls`, RTCCertificateStats follow.
void write_statistics(json::Writer& out, Timestamp now, const ice::Agent& agent,
                      const std::optional<DtlsStatistics>& dtls = std::nullopt);

/// Writes a candidate as `floe agent` and JavaScript show it: its line, and the line's parts by
/// name.
void write_candidate_members(json::Writer& out, const ice::Candidate& candidate);
/// The same for a local candidate of `agent`; a relayed one also says how its server is reached.
void write_own_candidate_members(json::Writer& out, const ice::Candidate& candidate,
                                 const ice::Agent& agent);

}  // namespace floe::signal
