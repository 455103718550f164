// Answers queries of multicast DNS for the names of this host's addresses (RFC 6762, section 6), on
// one interface. It has no sockets and no clock.
//
// The names are random (make_local_name), so nobody else has them: there is no probing and no
// conflict (RFC 6762, section 8). Nor are they announced: the peer learns a name from the
// signalling, and asks.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "floe/mdns/message.h"
#include "floe/types/time.h"

namespace floe::mdns {

/// To be sent from the port 5353.
struct Reply {
  ByteVector message;
  bool to_group = false;  ///< else to the sender of the query
};

class Responder {
 public:
  /// From now on `name` has this address. False: it is no name, is there already, or kOwnNamesMax.
  bool add(std::string_view name, const IpAddress& address);
  void remove(const IpAddress& address);
  bool is_empty() const { return own_.empty(); }

  /// `query` arrived in the group. The replies for it, one for each question that is about an own
  /// name; none beyond the rate.
  std::vector<Reply> handle_query(Timestamp now, const TransportAddress& from, Bytes query);

 private:
  struct Own {
    Name name;
    IpAddress address;
    Timestamp multicast_from;  ///< earlier, nothing about it is sent to the group
  };

  std::optional<Reply> answer(Timestamp now, const TransportAddress& from, const Question& question,
                              std::uint16_t id);
  bool may_send_unicast(Timestamp now);

  std::vector<Own> own_;
  Timestamp second_began_ = Timestamp::min();
  std::uint32_t sent_in_second_ = 0;
};

}  // namespace floe::mdns
