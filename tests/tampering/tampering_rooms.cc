#include "tampering_rooms.h"

#include <cstdio>

#include "floe/json/document.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"

namespace floe::tampering {

/// Stands between a member's WebSocket and the rooms, which hear what the attack makes of it.
class TamperingRooms::Member final : public MessageChannelListener {
 public:
  Member(SignallingAttack& attack, std::size_t number, MessageChannelListener& rooms)
      : attack_(attack), number_(number), rooms_(rooms) {}

 private:
  void on_channel_open() override { rooms_.on_channel_open(); }
  void on_channel_message(MessageKind kind, Bytes message) override;
  void on_channel_closed(const ChannelClosed& closed) override { rooms_.on_channel_closed(closed); }
  void on_channel_drained() override { rooms_.on_channel_drained(); }

  SignallingAttack& attack_;
  std::size_t number_;
  MessageChannelListener& rooms_;
};

void TamperingRooms::Member::on_channel_message(MessageKind kind, Bytes message) {
  const auto document = json::Document::parse(as_text(message), signal::kMessageLimits);
  if (!document) return rooms_.on_channel_message(kind, message);
  const auto parsed = signal::parse_message(document->root());
  const auto envelope = signal::parse_envelope(document->root());
  // One for the server, such as "join".
  if (!parsed || !envelope) return rooms_.on_channel_message(kind, message);
  for (const signal::Message& one : attack_.pass(number_, parsed->message)) {
    rooms_.on_channel_message(kind, as_bytes(signal::write_message(one, *envelope)));
  }
}

TamperingRooms::TamperingRooms(native::WebSocketAcceptor& honest,
                               std::optional<SignallingAttackKind> attack)
    : honest_(honest), attack_(attack) {}

TamperingRooms::~TamperingRooms() = default;

MessageChannelListener* TamperingRooms::accept(std::unique_ptr<native::WebSocketChannel> channel,
                                               const native::UpgradeRequest& request) {
  const std::size_t number = members_.size();
  native::UpgradeRequest changed = request;
  changed.path = attack_.room_for(number, request.path);
  MessageChannelListener* const rooms = honest_.accept(std::move(channel), changed);
  if (rooms == nullptr) return nullptr;
  members_.push_back(std::make_unique<Member>(attack_, number, *rooms));
  // Whoever runs the program starts the next one when this one is there.
  std::printf("{\"event\":\"member\",\"number\":%zu}\n", number);
  (void)std::fflush(stdout);
  return members_.back().get();
}

}  // namespace floe::tampering
