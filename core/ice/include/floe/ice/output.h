// What comes out of an agent: datagrams to send and events to know.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "floe/ice/candidate.h"
#include "floe/types/bytes.h"

namespace floe::ice {

/// Send `payload` from the socket bound to `local` (the base of a candidate) to `remote`. The bytes
/// live until the next call of poll_output() or of any input.
struct Transmit {
  SocketAddress local;
  SocketAddress remote;
  Bytes payload;
};

/// W3C's RTCIceTransportState.
enum class State : std::uint8_t {
  fresh,         ///< "new": gathering, or waiting for the peer's description or candidates
  checking,      ///< pairs are being checked and none works yet
  connected,     ///< every component has a selected pair; better ones may still come
  completed,     ///< connected, and nothing better can come
  disconnected,  ///< the selected pair does not answer at the moment
  failed,        ///< nothing works and nothing more can come; a restart may follow
  closed,
};

/// W3C's words: "new", "checking" and so on.
std::string_view to_text(State state);

enum class GatheringState : std::uint8_t { fresh, gathering, complete };
std::string_view to_text(GatheringState state);

struct StateChanged {
  State state;
};

struct GatheringChanged {
  GatheringState state;
};

/// To be signalled to the peer, unless it is peer-reflexive.
struct LocalCandidateFound {
  Candidate candidate;
};

struct SelectedPair {
  Candidate local;
  Candidate remote;
};

struct SelectedPairChanged {
  Component component;
  SelectedPair pair;
};

/// Data of the application from the peer, on a path whose peer proved to know the password.
struct DataReceived {
  Component component;
  Bytes payload;  ///< a view of what handle_datagram() was given
};

/// The role changed because of a conflict (RFC 8445, section 7.3.1.1).
struct RoleChanged {};

using Event = std::variant<StateChanged, GatheringChanged, LocalCandidateFound, SelectedPairChanged,
                           DataReceived, RoleChanged>;

using Output = std::variant<Transmit, Event>;

}  // namespace floe::ice
