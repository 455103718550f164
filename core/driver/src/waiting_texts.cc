#include "waiting_texts.h"

#include "floe/ice/explanation.h"

namespace floe {
namespace {

/// "ROOM" of "scheme://HOST/signal/ROOM?query".
std::string_view room_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  return url.substr(url.rfind('/') + 1);
}

std::string quoted(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

std::string candidates(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " candidate" : " candidates");
}

}  // namespace

std::string unreachable_text(std::string_view url, std::string_view why) {
  return "No answer from a signalling server at " + std::string(url) + ": " + std::string(why) +
         ". Check the URL, and that the server runs; it is tried again.";
}

std::string lost_server_text(std::string_view url, std::string_view why) {
  return "The connection to the signalling server at " + std::string(url) +
         " is lost: " + std::string(why) + ". Check that the server runs; it is tried again.";
}

std::string refused_text(std::string_view url, std::string_view why) {
  return "The signalling server at " + std::string(url) +
         " answers, and does not let this end in: " + std::string(why) +
         ". Check the path of the URL; it is tried again.";
}

std::string refused_place_text(std::string_view url, std::string_view why) {
  return "The signalling server gives no place in the room " + quoted(room_of(url)) + ": " +
         std::string(why) + ".";
}

std::string nobody_text(std::string_view url, std::string_view service) {
  const std::string who = service.empty() ? "Nobody else" : "Nobody that offers " + quoted(service);
  return who + " is in the room " + quoted(room_of(url)) +
         ". Start the other end, and check that both use the same server and the same room.";
}

std::string no_answer_text(std::string_view peer) {
  return quoted(peer) +
         " is in the room and does not answer. It may have lost its network, or it talks to "
         "nobody: look at its own log.";
}

std::string no_path_yet_text(std::string_view peer, const ice::Agent& agent) {
  if (agent.selected_pair(1)) {
    return "A path to " + quoted(peer) +
           " works, and the handshake of DTLS on it is not through: datagrams are lost, or are not "
           "what they should be. It ends after half a minute.";
  }
  if (agent.local_candidates().empty()) {
    return "No path yet to " + quoted(peer) + ". " + ice::explain(agent);
  }
  const std::string_view strange = ice::explain_strange_messages(agent);
  if (!strange.empty()) return "No path yet to " + quoted(peer) + ". " + std::string(strange);
  return "No path yet between " + candidates(agent.local_candidates().size()) + " here and " +
         candidates(agent.remote_candidates().size()) + " of " + quoted(peer) +
         ". The checks go on for half a minute; a TURN server passes most networks.";
}

}  // namespace floe
