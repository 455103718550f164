#include "channel_lines.h"

#include "base64.h"
#include "floe/json/writer.h"

namespace floe::cli {

std::string channel_line(const DataChannel& channel) {
  json::Writer out;
  out.begin_object().name("event").string("channel");
  if (channel.id()) out.name("channel").integer(channel.id()->value());
  out.name("state").string(to_text(channel.state()));
  out.name("label").string(channel.label());
  out.name("protocol").string(channel.protocol());
  const sctp::Delivery& delivery = channel.delivery();
  out.name("ordered").boolean(delivery.ordered);
  if (delivery.retransmissions_max) {
    out.name("maxRetransmits").integer(*delivery.retransmissions_max);
  }
  if (delivery.lifetime_max) {
    out.name("maxPacketLifeTime").integer(delivery.lifetime_max->count());
  }
  return out.end_object().take();
}

std::string message_line(const DataChannel& channel, channels::MessageKind kind, Bytes message) {
  json::Writer out;
  out.begin_object().name("event").string("message");
  out.name("channel").integer(channel.id()->value());
  if (kind == channels::MessageKind::text) {
    out.name("text").string(as_text(message));
  } else {
    out.name("base64").string(encode_base64(message));
  }
  return out.end_object().take();
}

}  // namespace floe::cli
