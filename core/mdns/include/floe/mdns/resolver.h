// Looks up the addresses of names in the local network, by one-shot queries of multicast DNS
// (RFC 6762, section 5.1). It has no sockets and no clock.
//
//   Resolver resolver;
//   resolver.ask(now, "….local", random id)
//   after each input:  poll_query()* ─▶ to the group, on each interface
//                      poll_answer()* ─▶ to the caller of ask()
//                      one timer for deadline() ─▶ handle_timeout(now)
//   what arrives   ─▶ handle_message(now, arrival, bytes)
//
// A query has one question, and each name costs one for A and one for AAAA: Chromium's responder
// reads no second question. It also answers to the group alone, whatever the query says. So a host
// should listen there, too; a response to the group is taken from any responder at the port 5353.
// Each try asks twice: from a port of its own, and as a member of the group. A firewall in front of
// this host may let pass what is sent to the group, and drop a direct answer, which comes from
// another address than the one that was asked; and the port 5353 may not be there to be shared.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/mdns/message.h"
#include "floe/types/time.h"

namespace floe::mdns {

enum class AskResult : std::uint8_t {
  asked,      ///< an answer follows, at the latest after the last try; or at once, from the cache
  not_local,  ///< not one label and ".local"
  limit,      ///< kNamesMax names are being looked up
};

enum class AnswerError : std::uint8_t {
  none,
  silence,      ///< nobody answered
  several,      ///< more than one address
  implausible,  ///< only addresses that no neighbour can have
};

/// A sentence without its first words: "nobody in the local network answered …".
std::string_view to_text(AnswerError error);

struct Answer {
  std::string name;  ///< in small letters
  AnswerError error = AnswerError::none;
  IpAddress address;  ///< without an error
};

/// From where a message came, and to where.
struct Arrival {
  TransportAddress from;
  bool to_group = false;  ///< else to the port that asked
};

/// A message for the group.
struct Query {
  ByteVector message;
  /// From a member of the group, at the port 5353. Else from another port: RFC 6762, section 5.1.
  bool as_member = false;
};

class Resolver {
 public:
  /// Replaces the addresses of this host, which is_plausible() compares answers with.
  void set_own_addresses(std::vector<IpAddress> own);

  /// Asks for a name. Asking again for a name that is being looked up adds nothing: its one answer
  /// is for all. `id` must be random: an answer to the port that asked has to repeat it.
  AskResult ask(Timestamp now, std::string_view name, std::uint16_t id);
  /// Nobody wants to know any more.
  void forget(std::string_view name);

  void handle_message(Timestamp now, const Arrival& arrival, Bytes message);
  void handle_timeout(Timestamp now);

  std::optional<Query> poll_query();
  std::optional<Answer> poll_answer();
  /// When to call handle_timeout(); kNever when nothing is being looked up.
  Timestamp deadline() const;
  bool is_idle() const { return lookups_.empty() && answers_.empty(); }

 private:
  struct Lookup {
    Name name;
    std::uint16_t id;
    int tries = 0;
    Timestamp next;
    AnswerError so_far = AnswerError::silence;
  };
  struct Cached {
    Name name;
    IpAddress address;
    Timestamp until;
  };
  /// What one message says about a name.
  struct Finding {
    AnswerError error = AnswerError::silence;
    AddressRecord record;  ///< without an error
  };

  void send_queries(Timestamp now, Lookup& lookup);
  Finding find(const Lookup& lookup, const Arrival& arrival, const Message& message) const;
  void cache(Timestamp now, const AddressRecord& record);
  const Cached* find_cached(Timestamp now, const Name& name);

  std::vector<IpAddress> own_;
  std::list<Lookup> lookups_;
  std::list<Cached> cache_;
  std::list<Query> queries_;
  std::list<Answer> answers_;
};

}  // namespace floe::mdns
