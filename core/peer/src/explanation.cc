#include "floe/peer/explanation.h"

#include "floe/ice/explanation.h"

namespace floe::peer {
namespace {

std::string explain_end(const signal::Session& session) {
  const std::string reason(session.bye_reason());
  if (reason.empty()) return "The peer closed the connection.";
  return "The peer closed the connection: " + reason;
}

}  // namespace

std::string explain(const Connection& connection) {
  const ice::State state = connection.state();
  if (state == ice::State::closed && connection.session() != nullptr &&
      connection.was_ended_by_peer()) {
    return explain_end(*connection.session());
  }
  if (state != connection.agent().state()) {
    return "A path works, and the handshake of DTLS on it is under way. It is given up after half "
           "a "
           "minute.";
  }
  return ice::explain(connection.agent());
}

}  // namespace floe::peer
