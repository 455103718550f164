// What a signalling server can do to the messages that it carries.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/signal/message.h"

namespace floe::tampering {

enum class SignallingAttackKind : std::uint8_t {
  swap_fingerprint,  ///< by that of another certificate
  drop_dtls,         ///< as if nobody encrypted
  swap_commitment,   ///< by the promise of another number
  swap_reveal,       ///< by another number than the promised one
  swap_words,        ///< both by those of the server
  swap_setup,        ///< both ends believe that the other waits for them
  old_description,   ///< a newcomer's, by that of the member who was there before it
  old_certificate,   ///< in a newcomer's, the fingerprint of that member
  late_fingerprint,  ///< with a restart: as if the member had lost its certificate
  repeat_messages,   ///< each comes three times
  middleman,         ///< each member gets a room of its own, in which somebody else can wait
};

/// Nothing for any other name than "swap-fingerprint" and so on.
std::optional<SignallingAttackKind> parse_signalling_attack(std::string_view name);

class SignallingAttack {
 public:
  /// Without a kind everything passes as it is.
  explicit SignallingAttack(std::optional<SignallingAttackKind> kind) : kind_(kind) {}

  /// The room that a newcomer gets who asked for `room`. The members' numbers count from 0.
  std::string room_for(std::size_t member, const std::string& room) const;
  /// What goes on in place of `message`, in this order.
  std::vector<signal::Message> pass(std::size_t member, const signal::Message& message);

 private:
  void change(std::size_t member, signal::Description& description);
  void change(std::size_t member, signal::CandidateMessage& candidate) const;
  void change(signal::DtlsParameters& dtls) const;
  void change(signal::Reveal& reveal) const;

  std::optional<SignallingAttackKind> kind_;
  std::map<std::size_t, signal::Description> first_;  // of each member
};

}  // namespace floe::tampering
