// The messages between two agents (floe.signal.1).
//
// `ufrag` is always the sender's own, and names the generation. A member that is absent in JSON has
// the protocol's default here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "floe/ice/credentials.h"
#include "floe/ice/role.h"

namespace floe::signal {

/// The media section of an agent without SDP.
inline constexpr std::string_view kDefaultSdpMid = "0";

/// W3C's RTCIceCandidateInit, as far as it concerns ICE.
struct CandidateInit {
  std::string candidate;  ///< RFC 8839's line without "a=" ("a=" is accepted); not parsed yet
  std::string sdp_mid{kDefaultSdpMid};

  bool operator==(const CandidateInit&) const = default;
};

/// One generation of the sender, with the candidates found so far.
struct Description {
  ice::Credentials credentials;
  bool ice_lite = false;
  std::vector<std::string> ice_options;
  std::optional<ice::Role> role;  ///< a hint: error 487 resolves a role conflict
  /// The receiver's generation that the sender pairs this one with; nothing when it knows none.
  std::optional<std::string> remote_ufrag;
  /// RFC 8839, section 5.5, in ms; nothing stands for the default, 50.
  std::optional<std::uint32_t> ice_pacing;
  std::vector<CandidateInit> candidates;
  bool end_of_candidates = false;
  /// Entries of a message that was read: those that are no candidate, or beyond kCandidatesMax.
  std::uint32_t candidates_skipped = 0;

  bool operator==(const Description&) const = default;
};

struct CandidateMessage {
  std::string ufrag;
  CandidateInit init;

  bool operator==(const CandidateMessage&) const = default;
};

struct EndOfCandidates {
  std::string ufrag;
  std::string sdp_mid{kDefaultSdpMid};

  bool operator==(const EndOfCandidates&) const = default;
};

/// The candidate cannot be used any more, for instance because its network is gone.
struct CandidateRemoved {
  std::string ufrag;
  CandidateInit init;

  bool operator==(const CandidateRemoved&) const = default;
};

/// Asks the peer to restart; it is not a restart itself.
struct RestartRequest {
  bool operator==(const RestartRequest&) const = default;
};

struct Bye {
  std::string reason;  ///< a text to be shown

  bool operator==(const Bye&) const = default;
};

using Message = std::variant<Description, CandidateMessage, EndOfCandidates, CandidateRemoved,
                             RestartRequest, Bye>;

/// The value of `type` in JSON: "description", "candidate" and so on.
std::string_view type_of(const Message& message);

}  // namespace floe::signal
