// Asks STUN servers how they see this agent's sockets (RFC 8445, section 5.1.1.2).
//
// Every server is asked from every socket of its address family, one request a slot of the Pacer,
// and none waits for another. A silent server delays only the end of gathering ("complete"): once a
// server has answered, each other request has kSilencePatience, and kGatherTimeout if no server has
// answered.
//
// The mapped address is a candidate as long as ICE goes on, so its NAT binding is kept alive
// (section 5.1.1.4) until stop_keepalives().
#pragma once

#include <cstdint>
#include <optional>

#include "agent_core.h"
#include "floe/ice/local_socket.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_view.h"
#include "floe/stun/retransmission.h"
#include "floe/types/list.h"

namespace floe::ice {

inline constexpr Duration kSilencePatience = 1200ms;
inline constexpr Duration kGatherTimeout = 5s;
/// RFC 8445, section 11: agents "MUST NOT use a value smaller than 15 seconds" for Tr.
inline constexpr Duration kBindingKeepalive = 15s;

class StunGatherer {
 public:
  struct Discovery {
    LocalSocket socket;
    TransportAddress mapped;
    IpAddress server;
  };

  explicit StunGatherer(AgentCore& core) : core_(core) {}

  /// False: kStunServersMax reached, known already, or nothing can be sent there.
  bool add_server(const TransportAddress& address);
  bool has_socket(const TransportAddress& base) const;
  void add_socket(const LocalSocket& socket);
  void remove_socket(const TransportAddress& base);
  const List<LocalSocket>& sockets() const { return sockets_; }

  /// Repeats all requests, for a new generation.
  void restart();
  /// The bindings are no longer needed.
  void stop_keepalives();

  /// The mapped address in a response. `is_ours`: the response belongs to one of the requests.
  std::optional<Discovery> handle_response(Timestamp now, const TransportAddress& base,
                                           const TransportAddress& source,
                                           const stun::MessageView& response, bool& is_ours);
  /// Sends what is due, and one new request if the Pacer has a slot.
  void update(Timestamp now);
  /// When update() may have something to do or is_done() may change, seen from `now`.
  Timestamp deadline(Timestamp now) const;

  std::size_t server_count() const { return servers_.size(); }
  bool has_answers() const { return anything_answered_; }
  /// Whether anything came back, even if it was of no use.
  bool was_heard() const;
  /// Nothing more is worth waiting for.
  bool is_done(Timestamp now) const;

 private:
  enum class RequestState : std::uint8_t { unsent, open, answered, failed };

  struct Request {
    std::size_t server;
    TransportAddress base;
    TransportAddress target;  ///< the server, or the one that it redirected to
    RequestState state = RequestState::unsent;
    std::uint8_t redirects = 0;
    const char* flaw = nullptr;  ///< of an answer that could not be used
    stun::TransactionId id = {};
    std::optional<stun::Retransmission> schedule = {};
    Timestamp keepalive_at = kNever;
  };

  void ask(std::size_t server, const TransportAddress& base);
  void transmit(const Request& request);
  void send(Timestamp now, Request& request);
  void resend_due(Timestamp now, Request& request);
  void fail(Request& request, std::uint16_t code, std::string_view reason);
  bool redirect(Request& request, const stun::MessageView& response);
  void refuse(Request& request, const char* flaw);
  void handle_error(Request& request, const stun::MessageView& response,
                    const stun::ErrorCode& error);
  Timestamp given_up_at(const Request& request) const;
  Timestamp patience_ends_at(const Request& request) const;
  const LocalSocket* socket_of(const TransportAddress& base) const;

  AgentCore& core_;
  List<LocalSocket> sockets_;
  List<TransportAddress> servers_;
  List<Request> requests_;  // one for each server and socket
  bool anything_answered_ = false;
  bool keeps_alive_ = true;
};

}  // namespace floe::ice
