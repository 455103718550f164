#include "event_lines.h"

#include <cstdio>

#include "base64.h"
#include "floe/json/writer.h"
#include "floe/signal/message_codec.h"
#include "floe/signal/statistics.h"

namespace floe::cli {
namespace {

json::Writer begin(std::string_view event) {
  json::Writer out;
  out.begin_object().name("event").string(event);
  return out;
}

std::string end(json::Writer& out) {
  return out.end_object().take();
}

void write_component(json::Writer& out, ice::StreamComponent id) {
  out.name("component").integer(id.component);
  if (id.stream != 0) out.name("sdpMid").string(std::to_string(id.stream));
}

}  // namespace

void EventLines::line(std::string text) {
  text += '\n';
  (void)std::fwrite(text.data(), 1, text.size(), stdout);
  (void)std::fflush(stdout);
}

void EventLines::message(const signal::Message& message) {
  line(signal::write_message(message));
}

void EventLines::block(std::string text) {
  line(std::move(text) + "\r");
}

void EventLines::state(ice::State state, std::string_view reason) {
  auto out = begin("state");
  out.name("state").string(to_text(state));
  if (!reason.empty()) out.name("reason").string(reason);
  line(end(out));
}

void EventLines::restart_needed(std::string_view reason) {
  auto out = begin("restart-needed");
  out.name("reason").string(reason);
  line(end(out));
}

void EventLines::restarted(std::uint32_t attempt) {
  auto out = begin("restarted");
  out.name("attempt").integer(attempt);
  line(end(out));
}

void EventLines::gathering(ice::GatheringState state) {
  auto out = begin("gathering");
  out.name("state").string(to_text(state));
  line(end(out));
}

void EventLines::candidate_error(const GatheringError& error) {
  auto out = begin("candidate-error");
  out.name("url").string(error.url);
  out.name("errorCode").integer(error.code);
  out.name("errorText").string(error.text);
  if (error.base) {
    out.name("address").string(error.base->ip.to_text());
    out.name("port").integer(error.base->port);
  }
  line(end(out));
}

void EventLines::skipped(const signal::CandidateSkipped& skipped) {
  auto out = begin("skipped");
  out.name("candidate").string(skipped.candidate);
  out.name("reason").string(skipped.reason);
  line(end(out));
}

void EventLines::selected_pair(const ice::SelectedPairChanged& changed, const ice::Agent& agent) {
  auto out = begin("selected-pair");
  write_component(out, {changed.stream, changed.component});
  out.name("local").begin_object();
  signal::write_own_candidate_members(out, changed.pair.local, agent);
  out.end_object();
  out.name("remote").begin_object();
  signal::write_candidate_members(out, changed.pair.remote);
  out.end_object();
  line(end(out));
}

void EventLines::secure(const peer::Secured& secured) {
  auto out = begin("secure");
  out.name("fingerprint").string(secured.fingerprint);
  out.name("peerFingerprint").string(secured.peer_fingerprint);
  out.name("words").string(secured.words);
  out.name("protocol").string(secured.protocol);
  out.name("cipher").string(secured.cipher);
  line(end(out));
}

void EventLines::data(ice::StreamComponent id, Bytes datagram) {
  auto out = begin("data");
  write_component(out, id);
  out.name("base64").string(encode_base64(datagram));
  line(end(out));
}

void EventLines::stats(std::int64_t id, Timestamp now, const Connection& connection) {
  auto out = begin("stats");
  out.name("id").integer(id);
  out.name("report");
  signal::write_statistics(out, now, connection.agent(), connection.dtls_statistics());
  line(end(out));
}

void EventLines::error(std::string_view code, std::string_view text) {
  auto out = begin("error");
  out.name("code").string(code);
  out.name("message").string(text);
  line(end(out));
}

void EventLines::closed(std::string_view reason) {
  auto out = begin("closed");
  out.name("reason").string(reason);
  line(end(out));
}

}  // namespace floe::cli
