// The server side of Binding: tells clients the address that they are seen at (RFC 8489, sections
// 6.3 and 7); with two addresses it lets them discover the behaviour of their NAT (RFC 5780,
// section 6). Clients of RFC 3489 are answered in their format.
//
// Keeps no state of clients: an answer depends on one request and the configuration alone, so a
// host may own many servers and drop any of them. The owner of the sockets calls answer() for each
// datagram and sends the answer from the socket that the answer names.
//
// Why there is a limit to the answer's size: sources can be forged, and with a server that sends
// more than it receives an attacker can flood the forged source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "floe/stun/arrival.h"
#include "floe/stun/authenticator.h"
#include "floe/stun/message_view.h"
#include "floe/types/time.h"

namespace floe::stun {

struct BindingPath;

/// An answer to an unauthenticated request is at most this many times as long as the request; both
/// sizes include the headers of IP and UDP. The longest answer needs 3; SOFTWARE and the like are
/// left out where they do not fit.
inline constexpr std::size_t kAmplificationMax = 3;
/// Enough for every answer; with a smaller buffer some answers fail.
inline constexpr std::size_t kAnswerSizeMax = 2048;
/// Deviation: RFC 5780, section 6.1, "SHOULD use a length of PADDING equal to the MTU on the
/// outgoing interface". An answer has as much padding as the request, and at most this, so that an
/// attacker gains nothing by forging a source; a client that sends the MTU gets the MTU.
inline constexpr std::size_t kPaddingSizeMax = 1500;

/// A server of RFC 5780 has four sockets: both addresses with both ports. The two differ in address
/// and in port, and are of one family.
struct DiscoveryAddresses {
  TransportAddress primary;
  TransportAddress alternate;
};

/// The server that clients are redirected to, with a 300 (Try Alternate).
struct Alternate {
  TransportAddress server;  ///< for sources of its family; others are served here
  std::string domain = {};  ///< the name in its certificate; none when empty
};

struct BindingServerConfig {
  std::string software = {};  ///< SOFTWARE in answers; none when empty
  std::optional<DiscoveryAddresses> discovery = {};
  std::optional<Alternate> alternate = {};
  /// Decides which requests are answered; null: all requests are answered. Must outlive the server.
  Authenticator* authenticator = nullptr;
  /// Answers clients of RFC 3489; only without an authenticator, since RFC 3489 has another
  /// protocol for passwords.
  /// Deviation: RFC 5780, section 3, "SHOULD NOT include support for RFC 3489 clients". Devices
  /// that speak nothing else are still sold, and an answer costs nothing.
  bool serve_rfc3489 = true;
};

/// The outcomes of the datagrams; each datagram is counted once.
struct BindingServerCounters {
  std::uint64_t succeeded = 0;      ///< answered with an address
  std::uint64_t refused = 0;        ///< answered with an error
  std::uint64_t malformed = 0;      ///< not STUN
  std::uint64_t not_a_request = 0;  ///< indications, responses, methods other than Binding
  std::uint64_t bad_source = 0;     ///< from an address that no host can have
  std::uint64_t too_long = 0;       ///< the answer exceeded the buffer or kAmplificationMax
};

class BindingServer {
 public:
  explicit BindingServer(BindingServerConfig config = {});

  /// The answer to `request`, written into `buffer` (kAnswerSizeMax is enough), or nothing.
  std::optional<Answer> answer(Timestamp now, const Arrival& request, MutableBytes buffer);

  const BindingServerCounters& counters() const { return counters_; }

 private:
  std::optional<Answer> answer_message(Timestamp now, const MessageView& message,
                                       const Arrival& request, MutableBytes buffer);
  std::optional<Answer> answer_rfc3489(const MessageView& message, const Arrival& request,
                                       MutableBytes buffer);
  std::optional<Bytes> succeed(const BindingPath& path, const MessageView& message,
                               const Arrival& request, const IntegrityKey& key,
                               MutableBytes buffer) const;
  void seal(MessageBuilder& response, const MessageView& message, const IntegrityKey& key) const;
  bool sends_away(const TransportAddress& source) const;
  std::optional<Answer> counted(const std::optional<Bytes>& response, bool is_error,
                                const BindingPath& path);

  BindingServerConfig config_;
  BindingServerCounters counters_;
};

}  // namespace floe::stun
