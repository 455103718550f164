#include "event_log.h"

#include <string>

#include "floe/ice/explanation.h"

namespace floe::c {
namespace {

std::string text_of(const ice::Candidate& candidate) {
  return std::string(to_text(candidate.type)) + " " + candidate.address.to_text();
}

void write(LogSink& log, LogLevel level, std::string_view area, std::string_view who,
           std::string_view text) {
  log.log(level, area,
          who.empty() ? std::string(text) : std::string(who) + ": " + std::string(text));
}

struct EventLines {
  LogSink& log;
  std::string_view who;
  const ice::Agent& agent;

  void line(LogLevel level, std::string_view text) const { write(log, level, "ice", who, text); }
  void debug(std::string_view text) const { line(LogLevel::debug, text); }

  void operator()(const ice::StateChanged& event) const {
    const std::string explanation = ice::explain(agent, event.state);
    const std::string state(to_text(event.state));
    if (explanation.empty()) return debug(state);
    line(LogLevel::warning, state + ": " + explanation);
    for (const std::string& pair : ice::explain_pairs(agent)) debug(pair);
  }
  void operator()(const ice::GatheringChanged& event) const {
    debug("gathering is " + std::string(to_text(event.state)));
  }
  void operator()(const ice::LocalCandidateFound& event) const {
    debug("found " + text_of(event.candidate));
  }
  void operator()(const ice::LocalCandidateRemoved& event) const {
    debug("lost " + text_of(event.candidate));
  }
  void operator()(const ice::LateSocketAdded&) const { debug("found an address late"); }
  void operator()(const ice::GatheringFailed& event) const {
    line(LogLevel::warning,
         "no candidate from " + event.server.to_text() + ": " + std::string(event.reason.view()));
  }
  void operator()(const ice::SelectedPairChanged& event) const {
    debug("component " + std::to_string(event.component) + " goes from " +
          text_of(event.pair.local) + " to " + text_of(event.pair.remote));
  }
  void operator()(const ice::DataReceived&) const {}
  void operator()(const ice::RoleChanged&) const {
    debug("is " + std::string(to_text(agent.role())) + " now");
  }
};

}  // namespace

void log_event(LogSink& log, std::string_view who, const ice::Agent& agent,
               const ice::Event& event) {
  std::visit(EventLines{log, who, agent}, event);
}

void log_secured(LogSink& log, std::string_view who, const peer::Secured& secured) {
  std::string text =
      "encrypted; the peer's certificate has the fingerprint " + secured.peer_fingerprint;
  if (!secured.words.empty()) text += ", the words are: " + secured.words;
  write(log, LogLevel::info, "dtls", who, text);
}

void log_insecure(LogSink& log, std::string_view who, const peer::SecurityFailed& failed) {
  write(log, LogLevel::error, "dtls", who,
        std::string(to_text(failed.reason)) + ": " + failed.message);
}

}  // namespace floe::c
