// Writes the outputs of an agent into the structure of the C API, and keeps the texts that it
// points at.
#pragma once

#include <string>
#include <string_view>

#include "floe/c/output.h"
#include "floe/ice/agent.h"
#include "floe/peer/security.h"
#include "floe/signal/candidate_skipped.h"
#include "floe/signal/message.h"

namespace floe::c {

class OutputWriter {
 public:
  /// The output of each function is valid until the next function is called.
  void write(const ice::Transmit& transmit, floe_output& out);
  void write(const signal::Message& message, floe_output& out);
  void write(const signal::CandidateSkipped& skipped, floe_output& out);
  void write(const peer::Secured& secured, floe_output& out);
  void write(const peer::SecurityFailed& failed, floe_output& out);
  void write_error(floe_error code, std::string_view text, floe_output& out);
  /// `peer_reason`: the peer's reason, if the peer ended the session. False: the event is no
  /// output.
  bool write(const ice::Event& event, const ice::Agent& agent, const std::string* peer_reason,
             floe_output& out);

 private:
  std::string text_;
  peer::Secured secured_;
};

}  // namespace floe::c
