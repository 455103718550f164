// What two agents tell each other (floe.signal.1, messages between peers).
//
// `ufrag` is always the sender's own, of the generation meant. Members that are absent in JSON have
// here the default that the protocol gives them.
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
  std::string candidate;  ///< RFC 8839's line without "a=" (accepted with it); not yet understood
  std::string sdp_mid{kDefaultSdpMid};

  bool operator==(const CandidateInit&) const = default;
};

/// One generation of the sender, complete but for candidates still to be found.
struct Description {
  ice::Credentials credentials;
  bool ice_lite = false;
  std::vector<std::string> ice_options;
  std::optional<ice::Role> role;  ///< a hint: the 487 error decides
  /// The peer's generation that the sender pairs this one with; nothing when it knows none.
  std::optional<std::string> remote_ufrag;
  std::vector<CandidateInit> candidates;
  bool end_of_candidates = false;

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

/// Asks the peer to restart; is no restart itself.
struct RestartRequest {
  bool operator==(const RestartRequest&) const = default;
};

struct Bye {
  std::string reason;  ///< for people

  bool operator==(const Bye&) const = default;
};

using Message = std::variant<Description, CandidateMessage, EndOfCandidates, CandidateRemoved,
                             RestartRequest, Bye>;

/// What `type` says in JSON: "description", "candidate" and so on.
std::string_view type_of(const Message& message);

}  // namespace floe::signal
