// Writes the messages of a server to its clients: answers, signed as their requests were, and data
// of peers, as ChannelData or in Data indications, or what ICMP said of them.
#pragma once

#include <string>

#include "floe/stun/message_builder.h"
#include "floe/turn_server/server_counters.h"
#include "floe/turn_server/server_host.h"
#include "request_context.h"

namespace floe::turn {

struct Icmp;

class Responder {
 public:
  Responder(ServerHost& host, ServerCounters& counters, std::string software);

  /// `fill` adds the attributes of the answer; SOFTWARE, integrity and FINGERPRINT are added here.
  template <class Fill>
  void answer(const ClientPath& path, const RequestContext& request, stun::Class kind, Fill fill) {
    stun::MessageBuilder message(room_for(path, request), kind, request.method, request.id);
    fill(message);
    seal_and_send(path, request, message);
  }
  void refuse(const ClientPath& path, const RequestContext& request, std::uint16_t error);
  void refuse_unknown(const ClientPath& path, const RequestContext& request,
                      std::span<const std::uint16_t> types);

  void send_channel_data(const ClientPath& path, std::uint16_t channel, Bytes payload);
  void send_data_indication(const ClientPath& path, const TransportAddress& peer, Bytes payload);
  void send_data_indication(const ClientPath& path, const TransportAddress& peer,
                            const Icmp& error);

 private:
  template <class Content>
  void indicate(const ClientPath& path, const TransportAddress& peer, const Content& content);
  MutableBytes room_for(const ClientPath& path, const RequestContext& request);
  void seal_and_send(const ClientPath& path, const RequestContext& request,
                     stun::MessageBuilder& message);

  ServerHost& host_;
  ServerCounters& counters_;
  std::string software_;
  ByteVector buffer_;
  std::uint32_t indications_ = 0;
};

}  // namespace floe::turn
