#include "web_sockets.h"

#include "imports.h"

namespace floe::wasm {

class WebSockets::WebSocketChannel final : public MessageChannel {
 public:
  WebSocketChannel(WebSockets& owner, std::uint32_t number, MessageChannelListener& listener)
      : owner_(owner), number_(number), listener_(listener), next_(owner.first_) {
    owner_.first_ = this;
  }

  ~WebSocketChannel() override {
    if (!closed_) floe_channel_close(number_, 0, nullptr, 0);
    WebSocketChannel** link = &owner_.first_;
    while (*link != this) link = &(*link)->next_;
    *link = next_;
  }

  bool send(MessageKind kind, Bytes message) override {
    if (!open_) return false;
    const std::uint32_t is_text = kind == MessageKind::text ? 1 : 0;
    return floe_channel_send(number_, is_text, message.data(), message.size()) != 0;
  }

  std::size_t buffered_bytes() const override { return open_ ? floe_channel_buffered(number_) : 0; }

  void close(std::uint16_t code, std::string_view reason) override {
    open_ = false;
    if (!closed_) floe_channel_close(number_, code, reason.data(), reason.size());
  }

  MessageChannelListener& open() {
    open_ = true;
    return listener_;
  }

  MessageChannelListener& closed() {
    open_ = false;
    closed_ = true;
    return listener_;
  }

  MessageChannelListener& listener() { return listener_; }
  std::uint32_t number() const { return number_; }
  WebSocketChannel* next() const { return next_; }

 private:
  WebSockets& owner_;
  std::uint32_t number_;
  MessageChannelListener& listener_;
  WebSocketChannel* next_;
  bool open_ = false;
  bool closed_ = false;
};

std::unique_ptr<MessageChannel> WebSockets::connect(std::string_view url,
                                                    std::string_view subprotocol,
                                                    MessageChannelListener& listener) {
  const std::uint32_t number = next_channel_++;
  auto channel = std::make_unique<WebSocketChannel>(*this, number, listener);
  floe_channel_connect(number, url.data(), url.size(), subprotocol.data(), subprotocol.size());
  return channel;
}

WebSockets::WebSocketChannel* WebSockets::find(std::uint32_t channel) {
  WebSocketChannel* found = first_;
  while (found != nullptr && found->number() != channel) found = found->next();
  return found;
}

void WebSockets::on_open(std::uint32_t channel) {
  if (auto* found = find(channel)) found->open().on_channel_open();
}

void WebSockets::on_message(std::uint32_t channel, MessageKind kind, Bytes message) {
  if (auto* found = find(channel)) found->listener().on_channel_message(kind, message);
}

void WebSockets::on_drained(std::uint32_t channel) {
  if (auto* found = find(channel)) found->listener().on_channel_drained();
}

void WebSockets::on_closed(std::uint32_t channel, const ChannelClosed& closed) {
  if (auto* found = find(channel)) found->closed().on_channel_closed(closed);
}

}  // namespace floe::wasm
