#include "native_host.h"

#include <algorithm>

namespace floe::c {
namespace {

native::SystemHostOptions with_log(native::SystemHostOptions options, LogSink* log) {
  options.log = log;
  return options;
}

}  // namespace

HostObject::HostObject(const native::SystemHostOptions& options, floe_log log, void* log_user)
    : log_(log, log_user, options.log_minimum, calls_),
      host_(with_log(options, log == nullptr ? nullptr : &log_)),
      timer_(host_.loop().create(*this)) {}

HostObject::~HostObject() {
  const auto has_object = [](const auto& room) { return room->object != nullptr; };
  // A callback may release a room while another one is left.
  for (auto room = std::ranges::find_if(rooms_, has_object); room != rooms_.end();
       room = std::ranges::find_if(rooms_, has_object)) {
    leave(**room);
  }
  loop().run_once(Duration::zero());  // the last messages of rooms and connections leave at the end
                                      // of a pass
}

void HostObject::destroy() {
  delete static_cast<floe_host*>(this);
}

floe_room* HostObject::join(const floe_room_config& config, RoomOptions options,
                            std::string& problem) {
  rooms_.push_back(std::unique_ptr<floe_room>(new floe_room{
      *this, std::make_unique<RoomObject>(*this, host_, config, std::move(options))}));
  floe_room* room = rooms_.back().get();
  problem = room->object->join();
  if (problem.empty()) return room;
  remove(*room);
  return nullptr;
}

void HostObject::leave(floe_room& room) {
  if (room.object == nullptr) return;
  RoomObject& object = *room.object;
  leaving_.push_back(std::move(room.object));
  object.leave();
  timer_->arm(loop().now() + kFarewell);
}

void HostObject::release(floe_room& room) {
  leave(room);
  remove(room);
}

void HostObject::remove(const floe_room& room) {
  std::erase_if(rooms_, [&](const auto& owned) { return owned.get() == &room; });
}

void HostObject::handle_timeout(Timestamp) {
  leaving_.clear();
}

}  // namespace floe::c
