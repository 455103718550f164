// The reports of `floe agent`: one JSON object a line, written at once.
#pragma once

#include <string>
#include <string_view>

#include "floe/driver/connection.h"
#include "floe/ice/agent.h"
#include "floe/signal/candidate_skipped.h"
#include "floe/signal/message.h"

namespace floe::cli {

class EventLines {
 public:
  /// A signalling message, when standard input and output carry the signalling.
  void message(const signal::Message& message);
  /// A text of the signalling that is not JSON; an empty line ends it.
  void block(std::string text);
  /// `reason`: a sentence, or empty.
  void state(ice::State state, std::string_view reason);
  void restart_needed(std::string_view reason);
  void restarted(std::uint32_t attempt);
  void gathering(ice::GatheringState state);
  void candidate_error(const GatheringError& error);
  void skipped(const signal::CandidateSkipped& skipped);
  /// Adds the member "sdpMid" for streams other than the first.
  void selected_pair(const ice::SelectedPairChanged& changed, const ice::Agent& agent);
  void secure(const peer::Secured& secured);
  void data(ice::StreamComponent id, Bytes datagram);
  void stats(std::int64_t id, Timestamp now, const Connection& connection);
  void error(std::string_view code, std::string_view text);
  void closed(std::string_view reason);
  /// A report that was written elsewhere.
  void line(std::string text);
};

}  // namespace floe::cli
