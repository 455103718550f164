#include "mdns_link.h"

namespace floe::native {

MdnsLink::MdnsLink(Loop& loop, const InterfaceEnd& end, MdnsLinkListener& listener)
    : loop_(loop),
      end_(end),
      listener_(listener),
      asking_(loop, end, MulticastPurpose::ask, *this),
      member_(loop, end, MulticastPurpose::take_part, *this) {}

void MdnsLink::on_multicast(MulticastSocket& socket, const TransportAddress& from, Bytes bytes) {
  const bool to_group = &socket == &member_;
  if (to_group) {
    for (const mdns::Reply& reply : responder_.handle_query(loop_.now(), from, bytes)) {
      reply.to_group ? member_.send_to_group(reply.message) : member_.send(from, reply.message);
    }
  }
  listener_.on_mdns_message({from, to_group}, bytes);
}

}  // namespace floe::native
