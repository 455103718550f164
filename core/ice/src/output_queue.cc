#include "output_queue.h"

#include <cstring>
#include <type_traits>

namespace floe::ice {

std::string_view to_text(State state) {
  switch (state) {
    case State::fresh:
      return "new";
    case State::checking:
      return "checking";
    case State::connected:
      return "connected";
    case State::completed:
      return "completed";
    case State::disconnected:
      return "disconnected";
    case State::failed:
      return "failed";
    case State::closed:
      return "closed";
  }
  return "?";
}

std::string_view to_text(GatheringState state) {
  switch (state) {
    case GatheringState::fresh:
      return "new";
    case GatheringState::gathering:
      return "gathering";
    case GatheringState::complete:
      return "complete";
  }
  return "?";
}

std::size_t OutputQueue::keep(Bytes bytes) {
  const std::size_t offset = message_bytes_.size();
  message_bytes_.insert(message_bytes_.end(), bytes.begin(), bytes.end());
  return offset;
}

void OutputQueue::transmit_copy(const TransportAddress& local, const TransportAddress& remote,
                                Bytes message) {
  queue_.push_back(OwnMessage{local, remote, keep(message), message.size()});
}

void OutputQueue::transmit_view(const TransportAddress& local, const TransportAddress& remote,
                                Bytes payload) {
  queue_.push_back(Transmit{local, remote, payload});
}

void OutputQueue::stream_copy(TcpConnectionId id, Bytes message) {
  queue_.push_back(OwnTcpMessage{id, keep(message), message.size()});
}

void OutputQueue::stream_wanted(const TcpConnectionWanted& stream) {
  const std::size_t offset = keep(as_bytes(stream.server_name));
  OwnTcpConnectionWanted own{stream, offset, stream.server_name.size()};
  own.stream.server_name = {};
  queue_.push_back(own);
}

void OutputQueue::event(const Event& event) {
  std::visit(
      [&](const auto& of_kind) {
        if constexpr (std::is_constructible_v<SmallEvent, decltype(of_kind)>) {
          queue_.push_back(SmallEvent(of_kind));
        } else {
          static_assert(std::is_trivially_copyable_v<Event>);
          const auto* bytes = reinterpret_cast<const std::uint8_t*>(&event);
          queue_.push_back(LargeEvent{keep({bytes, sizeof(Event)})});
        }
      },
      event);
}

void OutputQueue::release_spare() {
  // shrink_to_fit() may do nothing in a build without exceptions.
  if (queue_.capacity() > kOutputsKept) queue_ = {};
  if (message_bytes_.capacity() > kMessageBytesKept) message_bytes_ = ByteVector();
}

std::optional<Output> OutputQueue::poll() {
  if (next_ == queue_.size()) {
    // The bytes of the last output may be reused only now.
    queue_.clear();
    message_bytes_.clear();
    next_ = 0;
    release_spare();
    return std::nullopt;
  }
  const auto& output = queue_[next_++];
  if (const auto* own = std::get_if<OwnMessage>(&output)) {
    return Transmit{own->local, own->remote, Bytes(message_bytes_).subspan(own->offset, own->size)};
  }
  if (const auto* transmit = std::get_if<Transmit>(&output)) return *transmit;
  if (const auto* own = std::get_if<OwnTcpMessage>(&output)) {
    return TcpTransmit{own->id, Bytes(message_bytes_).subspan(own->offset, own->size)};
  }
  if (const auto* own = std::get_if<OwnTcpConnectionWanted>(&output)) {
    TcpConnectionWanted wanted = own->stream;
    wanted.server_name = as_text(Bytes(message_bytes_).subspan(own->offset, own->size));
    return wanted;
  }
  if (const auto* unwanted = std::get_if<TcpConnectionUnwanted>(&output)) return *unwanted;
  if (const auto* small = std::get_if<SmallEvent>(&output)) {
    return std::visit([](const auto& of_kind) { return Output(Event(of_kind)); }, *small);
  }
  Event large;
  std::memcpy(&large, message_bytes_.data() + std::get_if<LargeEvent>(&output)->offset,
              sizeof large);
  return large;
}

}  // namespace floe::ice
