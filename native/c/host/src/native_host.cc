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
  while (!rooms_.empty()) leave(*rooms_.back());
  loop().run_once(Duration::zero());  // the last messages of rooms and connections leave at the end
                                      // of a pass
}

void HostObject::destroy() {
  delete static_cast<floe_host*>(this);
}

floe_room* HostObject::join(const floe_room_config& config, RoomOptions options) {
  rooms_.push_back(
      std::unique_ptr<floe_room>(new floe_room{{*this, host_, config, std::move(options)}}));
  floe_room* room = rooms_.back().get();
  if (room->object.join()) return room;
  std::erase_if(rooms_, [&](const auto& owned) { return owned.get() == room; });
  return nullptr;
}

void HostObject::leave(floe_room& room) {
  const auto place =
      std::ranges::find_if(rooms_, [&](const auto& owned) { return owned.get() == &room; });
  if (place == rooms_.end()) return;
  leaving_.push_back(std::move(*place));
  rooms_.erase(place);
  room.object.leave();
  timer_->arm(loop().now() + kFarewell);
}

void HostObject::handle_timeout(Timestamp) {
  leaving_.clear();
}

}  // namespace floe::c
