// A message from one peer to another, as the server sees it on its way.
//
// The server does not understand it: it reads `type`, `to`, `usernameFragment` and how many
// candidates there are, overwrites `from` and `seq`, and changes nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "candidate_quota.h"
#include "floe/json/value.h"
#include "floe/signal/message_error.h"
#include "floe/types/result.h"

namespace floe::signal {

class RelayedMessage {
 public:
  /// `root` is an object, whose document must outlive the message.
  explicit RelayedMessage(json::Value root) : root_(root) {}

  /// The id of the receiver; empty when the message names none.
  Result<std::string_view, MessageError> receiver() const;
  /// False when the sender would have sent too many candidates of one generation.
  bool count_candidates(CandidateQuota& quota) const;
  /// The text for the receiver.
  std::string stamp(std::string_view from, std::uint64_t seq) const;

 private:
  std::string_view text_of(std::string_view member) const;

  json::Value root_;
};

}  // namespace floe::signal
