// Message channels over the WebSockets of JavaScript.
//
// Each channel has a number; events of a channel that is destroyed already are ignored. Limit: the
// number of gateways and signalling clients, since each opens one channel.
#pragma once

#include <cstdint>

#include "floe/api/message_channel.h"

namespace floe::wasm {

class WebSockets final : public MessageChannels {
 public:
  std::unique_ptr<MessageChannel> connect(std::string_view url, std::string_view subprotocol,
                                          MessageChannelListener& listener) override;

  void on_open(std::uint32_t channel);
  void on_message(std::uint32_t channel, MessageKind kind, Bytes message);
  void on_drained(std::uint32_t channel);
  void on_closed(std::uint32_t channel, const ChannelClosed& closed);

 private:
  class WebSocketChannel;
  WebSocketChannel* find(std::uint32_t channel);

  WebSocketChannel* first_ = nullptr;
  std::uint32_t next_channel_ = 1;
};

}  // namespace floe::wasm
