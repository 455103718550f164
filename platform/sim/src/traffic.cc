#include "floe/sim/traffic.h"

#include "ip_packet.h"

namespace floe::sim {
namespace {

Trace::Datagram view_of(const Packet& packet) {
  return {packet.source, packet.destination, packet.payload_hash,
          static_cast<std::uint32_t>(packet.payload.size())};
}

}  // namespace

std::uint32_t Traffic::number_attachment(std::string name) {
  if (capture_) capture_->add_interface(name);
  attachment_names_.push_back(std::move(name));
  return static_cast<std::uint32_t>(attachment_names_.size() - 1);
}

Capture& Traffic::start_capture() {
  if (!capture_) {
    capture_ = std::make_unique<Capture>();
    for (const std::string& name : attachment_names_) capture_->add_interface(name);
  }
  return *capture_;
}

void Traffic::emit(Attachment& from, const TransportAddress& source,
                   const TransportAddress& destination, Bytes payload) {
  const PacketId id = packets_.take();
  Packet& packet = packets_[id];
  packet.number = ++sent_count_;
  packet.source = source;
  packet.destination = destination;
  packet.next = nullptr;
  packet.hops = 0;
  packet.payload.assign(payload.begin(), payload.end());
  Hash64 hash;
  hash.add(payload);
  packet.payload_hash = hash.value();
  trace_.sent(now(), view_of(packet));
  if (!watchers_.empty()) tell_sent(from, packet);
  forward(from, id);
}

void Traffic::tell_sent(const Attachment& from, const Packet& packet) {
  const SentPacket sent{packet.number, attachment_names_[from.number()], packet.source,
                        packet.destination, packet.payload};
  for (PacketWatcher* watcher : watchers_) watcher->on_packet_sent(sent);
}

void Traffic::forward(Attachment& from, PacketId id) {
  Packet& packet = packets_[id];
  if (capture_) capture(from, packet, Capture::Direction::outbound);
  if (++packet.hops > kHopsMax) return lose(id, Fate::hop_limit);
  Attachment* const to = from.network().next_hop(packet.destination.ip);
  if (to == nullptr) return lose(id, Fate::no_route);
  packet.next = to;
  if (&to->node() == &from.node()) return queue_.schedule(now(), *this, id.value());
  const std::size_t size = header_size(packet.destination.ip.is_ipv4()) + packet.payload.size();
  for (const Link* link : {&from.link(), &to->link()}) {
    const Fate fate = cross(*link, size);
    if (fate != Fate::delivered) return lose(id, fate);
  }
  const bool twice = draws(from.link().duplicate_ppm) || draws(to->link().duplicate_ppm);
  queue_.schedule(now() + delay_between(from, *to), *this, id.value());
  if (!twice) return;
  const PacketId second = copy(id);
  queue_.schedule(now() + delay_between(from, *to), *this, second.value());
}

PacketId Traffic::copy(PacketId id) {
  const PacketId second = packets_.take();
  packets_[second] = packets_[id];
  trace_.duplicated();
  return second;
}

/// Fate::delivered when the link lets the datagram pass.
Fate Traffic::cross(const Link& link, std::size_t size) {
  if (!link.is_up) return Fate::link_down;
  if (size > link.mtu) return Fate::too_large;
  return draws(link.loss_ppm) ? Fate::loss : Fate::delivered;
}

/// Draws one delay after the other, since a compiler may evaluate the operands of a sum in any
/// order.
Duration Traffic::delay_between(Attachment& from, Attachment& to) {
  const Duration leaving = delay_of(from.link());
  return leaving + delay_of(to.link());
}

Duration Traffic::delay_of(const Link& link) {
  Duration delay = link.delay;
  if (link.jitter > 0ms) {
    delay += Duration(random_.below(static_cast<std::uint32_t>(link.jitter.count()) + 1));
  }
  if (draws(link.reorder_ppm)) delay += link.reorder_delay;
  return delay;
}

void Traffic::on_event(std::uint64_t event) {
  const PacketId id(static_cast<std::uint32_t>(event));
  Packet& packet = packets_[id];
  if (capture_) capture(*packet.next, packet, Capture::Direction::inbound);
  packet.next->node().arrive(*packet.next, id);
}

void Traffic::note_end(PacketId id, Fate fate) {
  const Packet& packet = packets_[id];
  trace_.ended(now(), view_of(packet), fate);
  if (capture_ && fate != Fate::delivered) {
    capture_->comment(packet.capture_record, to_text(fate));
  }
  if (watchers_.empty()) return;
  const std::string_view place =
      packet.next != nullptr ? attachment_names_[packet.next->number()] : std::string_view();
  for (PacketWatcher* watcher : watchers_) watcher->on_packet_ended(packet.number, fate, place);
}

void Traffic::lose(PacketId id, Fate fate) {
  note_end(id, fate);
  release(id);
}

void Traffic::capture(const Attachment& at, Packet& packet, Capture::Direction direction) {
  packet.capture_record = capture_->record(now(), at.number(), direction, packet.source,
                                           packet.destination, packet.payload);
}

}  // namespace floe::sim
