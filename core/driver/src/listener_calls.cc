#include "listener_calls.h"

#include <variant>

namespace floe {
namespace {

struct ListenerCall {
  AgentListener& listener;

  void operator()(const ice::Output&) const {}
  void operator()(const signal::Message& message) const { listener.on_message_ready(message); }
  void operator()(const signal::SessionError& error) const { listener.on_message_error(error); }
  void operator()(const signal::NameWanted& wanted) const { listener.on_name_wanted(wanted); }
  void operator()(const signal::CandidateSkipped& skipped) const {
    listener.on_peer_candidate_skipped(skipped);
  }
  void operator()(const peer::PeerSaidBye& bye) const { listener.on_peer_bye(bye.reason); }
  void operator()(const peer::RestartedByItself& restarted) const {
    listener.on_restarted_by_itself(restarted.attempt);
  }
  void operator()(const peer::Secured& secured) const { listener.on_connection_secured(secured); }
  void operator()(const peer::SecurityFailed& failed) const {
    listener.on_connection_insecure(failed);
  }
};

}  // namespace

void tell_listener(AgentListener& listener, const peer::Output& output) {
  std::visit(ListenerCall{listener}, output);
}

}  // namespace floe
