#include "channels_machine.h"

namespace floe::wasm {

void ChannelsMachine::handle_commands(Timestamp now, Bytes batch) {
  events_.clear();
  ByteReader in(batch);
  while (in.remaining() > 0) {
    const std::uint32_t size = in.u32();
    const std::uint32_t object = in.u32();
    const auto command = static_cast<Command>(in.u16());
    const std::uint16_t extra = in.u16();
    const Bytes fields = in.take(size);
    if (!in.ok()) break;
    handle(now, object, command, extra, CommandReader(fields));
  }
}

void ChannelsMachine::handle(Timestamp now, std::uint32_t handle, Command command,
                             std::uint16_t extra, CommandReader fields) {
  if (command == Command::channels_create) {
    objects_[handle] = std::make_unique<DataChannelsObject>(events_, random_, handle, now, fields);
    return;
  }
  const auto found = objects_.find(handle);
  if (found == objects_.end()) return;
  if (command == Command::close) {
    found->second->close(now);
    objects_.erase(found);
  } else {
    found->second->handle_command(now, command, extra, fields);
  }
}

void ChannelsMachine::handle_timeout(Timestamp now) {
  events_.clear();
  for (const auto& [handle, object] : objects_) {
    if (object->deadline() <= now) object->handle_timeout(now);
  }
}

Timestamp ChannelsMachine::deadline() const {
  Timestamp earliest = kNever;
  for (const auto& [handle, object] : objects_) earliest = std::min(earliest, object->deadline());
  return earliest;
}

}  // namespace floe::wasm
