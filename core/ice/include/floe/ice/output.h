// The outputs of an agent: datagrams to send, and events that the application is told.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "floe/ice/candidate.h"
#include "floe/ice/limits.h"
#include "floe/ice/turn_server.h"
#include "floe/types/bytes.h"
#include "floe/types/short_text.h"
#include "floe/types/time.h"

namespace floe::ice {

/// Send `payload` from the socket bound to `local` (the base of a candidate) to `remote`. The bytes
/// live until the next call of poll_output() or of any input.
struct Transmit {
  TransportAddress local;
  TransportAddress remote;
  Bytes payload;
};

/// W3C's RTCIceTransportState, for all components that both agents have; Generations::state()
/// decides.
///
///   state         when it is so; the first that fits
///   closed        close() was called, or the peer ended the session
///   completed     as connected, and neither candidates nor checks can bring a better pair
///   connected     each component has a selected pair that answered in the last 5 s; after a
///   restart
///                 also by the pairs of before, until the new ones work
///   disconnected  each component had a selected pair, and one of them does not answer, or is lost
///                 while others are tried
///   failed        one component has no selected pair, and none of its pairs works or waits for a
///                 check. Before the first path: 39.5 s after the peer's description, and after the
///                 candidates of both have ended. Left with no address to try: after 30 s. Only a
///                 restart helps then, or a candidate that comes after all
///   checking      there are pairs
///   fresh         else: "new"
enum class State : std::uint8_t {
  fresh,
  checking,
  connected,
  completed,
  disconnected,
  failed,
  closed,
};

/// W3C's words: "new", "checking" and so on.
std::string_view to_text(State state);

enum class GatheringState : std::uint8_t { fresh, gathering, complete };
std::string_view to_text(GatheringState state);

struct StateChanged {
  State state;
  Timestamp at = {};
};

struct GatheringChanged {
  GatheringState state;
};

/// To be signalled to the peer.
struct LocalCandidateFound {
  Candidate candidate;
};

/// Its socket is gone. To be signalled to the peer.
struct LocalCandidateRemoved {
  Candidate candidate;
};

/// W3C's errorCode for a server that cannot be reached.
inline constexpr std::uint16_t kServerUnreachable = 701;

/// A STUN or TURN server gave no address, or a relayed address was lost; the other servers are not
/// affected (W3C's RTCPeerConnectionIceErrorEvent). A TURN server is asked again; what fails again
/// for the same reason is not told again.
struct GatheringFailed {
  TransportAddress server;
  TransportAddress base;              ///< the socket that asked it
  std::uint16_t code;                 ///< STUN's, or kServerUnreachable
  ShortText<kReasonShownMax> reason;  ///< the server's own words: untrusted
  /// Set for a TURN server. `base` has port 0 if there was no connection to the server.
  std::optional<turn::Transport> transport = {};
};

struct SelectedPair {
  Candidate local;
  Candidate remote;
};

struct SelectedPairChanged {
  ComponentId component;
  SelectedPair pair;
  DataStreamId stream = 0;
};

/// Application data that came on a path where the peer has proved that it knows the password.
struct DataReceived {
  ComponentId component;
  Bytes payload;  ///< a view of what handle_datagram() was given
  DataStreamId stream = 0;
  Timestamp at = {};
};

/// The role changed: a conflict (RFC 8445, section 7.3.1.1), or a lite agent (section 6.1.1).
struct RoleChanged {};

/// This host joined a network after the end of candidates. Checks are sent from there, but the peer
/// can be told the new candidates only by a restart (RFC 8838, section 13).
struct LateSocketAdded {
  TransportAddress base;
  Timestamp at = {};
};

using Event =
    std::variant<StateChanged, GatheringChanged, LocalCandidateFound, LocalCandidateRemoved,
                 GatheringFailed, SelectedPairChanged, DataReceived, RoleChanged, LateSocketAdded>;

/// Connect to a TURN server. Answer with Agent::handle_tcp_connected() and so on; without a server
/// over TCP or TLS there are no such outputs.
struct TcpConnectionWanted {
  TcpConnectionId id;
  TransportAddress server;
  turn::Transport transport;     ///< tcp or tls
  std::string_view server_name;  ///< for tls: the certificate's name; lives as Transmit::payload
};

/// Send `payload` next on this stream, all of it or nothing. The bytes live as long as those of
/// Transmit.
struct TcpTransmit {
  TcpConnectionId id;
  Bytes payload;
};

/// Close the stream once all its bytes are sent. The agent ignores later inputs of this stream.
struct TcpConnectionUnwanted {
  TcpConnectionId id;
};

// Outputs hold views, not strings, so that they can be copied as plain bytes.
using Output =
    std::variant<Transmit, Event, TcpConnectionWanted, TcpTransmit, TcpConnectionUnwanted>;

}  // namespace floe::ice
