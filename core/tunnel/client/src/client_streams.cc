#include "floe/tunnel/client/client_streams.h"

#include <algorithm>

namespace floe::tunnel {

ClientStream* ClientStreams::take_waiting() {
  if (waiting_.empty()) return nullptr;
  ClientStream* stream = waiting_.front();
  waiting_.erase(waiting_.begin());
  return stream;
}

std::optional<TcpId> ClientStreams::assign(ClientStream& stream) {
  const auto free = std::ranges::find(slots_, false, &Slot::in_use);
  if (free == slots_.end()) return std::nullopt;
  *free = {true, &stream};
  stream.id_ = TcpId{static_cast<std::uint16_t>(free - slots_.begin() + 1)};
  return stream.id_;
}

ClientStream* ClientStreams::find(TcpId id) const {
  return is_valid(id) ? slots_[id.value() - 1u].stream : nullptr;
}

bool ClientStreams::is_in_use(TcpId id) const {
  return is_valid(id) && slots_[id.value() - 1u].in_use;
}

ClientStream* ClientStreams::release(TcpId id) {
  if (!is_valid(id)) return nullptr;
  ClientStream* stream = slots_[id.value() - 1u].stream;
  slots_[id.value() - 1u] = {};
  return stream;
}

std::optional<TcpId> ClientStreams::forget(ClientStream& stream) {
  if (stream.id_ == TcpId{}) {
    waiting_.remove(&stream);
    return std::nullopt;
  }
  slots_[stream.id_.value() - 1u].stream = nullptr;
  return stream.id_;
}

template <class Function>
void ClientStreams::for_each(Function function) const {
  for (const Slot& slot : slots_) {
    if (slot.stream != nullptr) function(*slot.stream);
  }
  for (ClientStream* stream : waiting_) function(*stream);
}

ClientStream* ClientStreams::find_late(Timestamp now) const {
  ClientStream* late = nullptr;
  for_each([&](ClientStream& stream) {
    if (late == nullptr && now >= stream.deadline_) late = &stream;
  });
  return late;
}

ClientStream* ClientStreams::take_any() {
  for (Slot& slot : slots_) {
    if (slot.stream == nullptr) continue;
    ClientStream* stream = slot.stream;
    slot = {};
    return stream;
  }
  return take_waiting();
}

std::size_t ClientStreams::size() const {
  std::size_t count = 0;
  for_each([&](ClientStream&) { ++count; });
  return count;
}

Timestamp ClientStreams::deadline() const {
  Timestamp earliest = kNever;
  for_each([&](ClientStream& stream) { earliest = std::min(earliest, stream.deadline_); });
  return earliest;
}

}  // namespace floe::tunnel
