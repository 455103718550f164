#include "machine.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gateway_object.h"
#include "signaling_object.h"
#include "udp_object.h"

namespace floe::wasm {

void Machine::begin_turn(Timestamp now) {
  host_.events.clear();
  host_.clock.push(now);
  host_.timers.run(now);
}

void Machine::end_turn() {
  for (const auto& network : networks_) network->end_turn();
  if (!held_.empty()) send_held();
  if (taken_bytes_ == 0) return;
  host_.events.begin(Event::consumed, 0).u32(std::exchange(taken_bytes_, 0));
}

void Machine::send_held() {
  for (Held& one : held_) {
    ByteReader in(one.records);
    std::size_t left = one.records.size();
    while (left > 0 && send(Record(in, one.records))) left = in.remaining();
    one.records.erase(one.records.begin(), one.records.end() - static_cast<std::ptrdiff_t>(left));
  }
  std::erase_if(held_, [](const Held& one) { return one.records.empty(); });
  // Each in its turn is the first to use what the network takes.
  if (!held_.empty()) std::ranges::rotate(held_, held_.begin() + 1);
  for (const auto& network : networks_) network->end_turn();
}

void Machine::send_or_hold(const Record& record) {
  auto held = std::ranges::find(held_, record.handle, &Held::handle);
  if (held == held_.end()) {
    if (send(record)) return;
    held = held_.insert(held, Held{record.handle, {}});
  }
  held->records.insert(held->records.end(), record.whole.begin(), record.whole.end());
}

bool Machine::send(const Record& record) {
  Object* object = find(record.handle);
  if (object != nullptr && !object->send_datagram(record.extra, record.fields)) return false;
  taken_bytes_ += record.size;
  return true;
}

void Machine::handle_timeout(Timestamp now) {
  begin_turn(now);
  end_turn();
}

Machine::Record::Record(ByteReader& in, Bytes batch)
    : whole(batch.last(in.remaining())),
      size(in.u32()),
      handle(in.u32()),
      command(static_cast<Command>(in.u16())),
      extra(in.u16()),
      fields(in.take(size)) {
  whole = whole.first(whole.size() - in.remaining());
}

void Machine::handle_commands(Timestamp now, Bytes batch) {
  begin_turn(now);
  ByteReader in(batch);
  while (in.remaining() > 0) {
    Record record(in, batch);
    if (!in.ok()) break;
    const bool is_datagram =
        record.command == Command::transport_send || record.command == Command::udp_send;
    is_datagram ? send_or_hold(record) : handle(record);
  }
  end_turn();
}

void Machine::handle(Record& record) {
  switch (record.command) {
    case Command::close:
      return close(record.handle);
    case Command::stats:
      return answer_stats(record);
    case Command::gateway_create:
      return create_gateway(record);
    case Command::system_create:
      return create_system_network(record);
    case Command::transport_create:
      return create_transport(record);
    case Command::udp_create:
      return create_udp(record);
    case Command::signaling_create:
      return create_signaling(record);
    default:
      break;
  }
  if (Object* object = find(record.handle)) {
    object->handle_command(record.command, record.extra, record.fields);
  }
}

void Machine::create_gateway(Record& record) {
  const std::string_view url = record.fields.text();
  const std::string_view token = record.fields.text();
  close(record.handle);
  networks_.push_back(std::make_shared<GatewayObject>(host_, record.handle, url, token));
}

void Machine::create_system_network(Record& record) {
  close(record.handle);
  if (auto network = make_system_network(host_, record.handle)) {
    networks_.push_back(std::move(network));
  }
}

void Machine::create_transport(Record& record) {
  auto network = find_network(record.fields.u32());
  if (!network) return refuse(record.handle, "no-gateway", "The gateway is closed.");
  ice::AgentConfig config;
  config.role = record.fields.u8() == 0 ? ice::Role::controlling : ice::Role::controlled;
  config.components = record.fields.u16();
  config.pacing.strict = record.fields.flag();
  const std::chrono::milliseconds ta(record.fields.u16());
  if (ta.count() > 0) config.pacing.ta = ta;
  if (record.fields.flag()) config.implementation = ice::Implementation::lite;
  const std::uint8_t nomination = record.fields.u8();
  if (nomination <= static_cast<std::uint8_t>(ice::NominationMode::renomination)) {
    config.nomination = static_cast<ice::NominationMode>(nomination);
  }
  List<IpAddress> addresses;
  for (std::uint8_t count = record.fields.u8(); count > 0; --count) {
    const auto ip = IpAddress::parse(record.fields.text());
    if (!ip) {
      return refuse(record.handle, "bad-options", "An entry of `addresses` is not an IP address.");
    }
    addresses.push_back(*ip);
  }
  const bool fits = config.components >= 1 && config.components <= ice::kComponentMax;
  if (!record.fields.ok() || !fits) {
    return refuse(record.handle, "bad-options", "A transport has 1 to 256 components.");
  }
  add(std::make_unique<TransportObject>(host_, record.handle, std::move(network),
                                        std::move(addresses), config, shared_pacer_));
}

void Machine::create_udp(Record& record) {
  auto network = find_network(record.fields.u32());
  if (!network) return refuse(record.handle, "no-gateway", "The gateway is closed.");
  const auto ip = IpAddress::parse(record.fields.text());
  const std::uint16_t port_min = record.fields.u16();
  const std::uint16_t port_max = record.fields.u16();
  add(std::make_unique<UdpObject>(host_, record.handle, std::move(network), ip, port_min,
                                  port_max));
}

void Machine::create_signaling(Record& record) {
  CommandReader& in = record.fields;
  signal::ClientOptions options;
  options.url = in.text();
  options.name = in.text();
  options.token = in.text();
  options.offers = signal::Offers::from_text(in.text());
  add(std::make_unique<SignalingObject>(host_, record.handle, std::move(options)));
}

void Machine::close(std::uint32_t handle) {
  if (Object* object = find(handle)) object->close();
  const auto has_handle = [=](const auto& object) { return object->handle() == handle; };
  std::erase_if(networks_, has_handle);
  std::erase_if(objects_, has_handle);
}

void Machine::answer_stats(Record& record) {
  json::Writer out;
  if (const Object* object = find(record.handle)) {
    object->write_stats(out);
  } else {
    out.null();
  }
  host_.events.begin(Event::stats, record.handle).u32(record.fields.u32()).text(out.take());
}

void Machine::refuse(std::uint32_t handle, std::string_view code, std::string_view message) {
  host_.events.begin(Event::refused, handle).text(code).text(message);
}

std::shared_ptr<NetworkObject> Machine::find_network(std::uint32_t handle) {
  for (const auto& network : networks_) {
    if (network->handle() == handle) return network;
  }
  return nullptr;
}

void Machine::add(std::unique_ptr<Object> object) {
  close(object->handle());
  const auto place = place_of(object->handle());
  objects_.insert(place, std::move(object));
}

std::vector<std::unique_ptr<Object>>::iterator Machine::place_of(std::uint32_t handle) {
  return std::ranges::lower_bound(objects_, handle, {},
                                  [](const auto& object) { return object->handle(); });
}

Object* Machine::find(std::uint32_t handle) {
  const auto place = place_of(handle);
  if (place != objects_.end() && (*place)->handle() == handle) return place->get();
  return find_network(handle).get();
}

}  // namespace floe::wasm
