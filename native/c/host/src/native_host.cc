#include "native_host.h"

#include <algorithm>

namespace floe::c {
namespace {

constexpr floe_log_level to_c(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return FLOE_LOG_DEBUG;
    case LogLevel::info:
      return FLOE_LOG_INFO;
    case LogLevel::warning:
      return FLOE_LOG_WARNING;
    case LogLevel::error:
      return FLOE_LOG_ERROR;
  }
  return FLOE_LOG_ERROR;
}

native::SystemHostOptions with_log(native::SystemHostOptions options, LogSink* log) {
  options.log = log;
  return options;
}

}  // namespace

void CallbackLog::log(LogLevel level, std::string_view area, std::string_view text) {
  if (level < minimum_) return;
  function_(user_, to_c(level), std::string(area).c_str(), std::string(text).c_str());
}

HostObject::HostObject(const native::SystemHostOptions& options, std::unique_ptr<CallbackLog> log)
    : log_(std::move(log)),
      host_(with_log(options, log_.get())),
      timer_(host_.loop().create(*this)) {}

HostObject::~HostObject() {
  while (!rooms_.empty()) leave(*rooms_.back());
  loop().run_once(Duration::zero());  // the last messages of rooms and connections leave at the end
                                      // of a pass
}

floe_room* HostObject::join(const floe_room_config& config) {
  rooms_.push_back(std::unique_ptr<floe_room>(new floe_room{{*this, host_, config}}));
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
