#include "page.h"

#include <utility>

#include "imports.h"

namespace floe::wasm::test {
namespace {

/// Of a message between the page and the gateway, one way.
constexpr Duration kDelay = std::chrono::milliseconds(2);

Page* page = nullptr;  // the imports have no other way to it

}  // namespace

Page::Page(const IpAddress& address)
    : gateway_(world_.add_host("gateway", {address})),
      timer_(world_.add_host("page").api().timers.create(*this)) {
  page = this;
  gateway_.on_message = [this](Bytes message) {
    tell([this, copy = ByteVector(message.begin(), message.end())](WebSockets& all) {
      all.on_message(channel_, MessageKind::binary, copy);
    });
  };
  gateway_.on_close = [this](std::uint16_t code) { close(channel_, code); };
  begin_turn();
  gateway_object_.emplace(host_, 1, "ws://gateway", "");
  network_.emplace(gateway_object_->parts().addresses, List<IpAddress>());
}

Page::~Page() {
  network_.reset();
  gateway_object_.reset();
  page = nullptr;
}

void Page::run_for(Duration span) {
  end_turn();
  world_.run_for(span);
  begin_turn();
}

// The calls of the module --------------------------------------------------------------------------

void Page::begin_turn() {
  host_.events.clear();
  host_.clock.push(world_.now());
  host_.timers.run(world_.now());
}

void Page::end_turn() {
  gateway_object_->end_turn();
  timer_->arm(host_.timers.deadline());
}

void Page::turn(const std::function<void()>& event) {
  begin_turn();
  event();
  end_turn();
}

void Page::tell(std::function<void(WebSockets& all)> event) {
  world_.schedule(world_.now() + kDelay, [this, event = std::move(event)] {
    if (channel_ != 0) turn([&] { event(host_.web_sockets); });
  });
}

// The imports --------------------------------------------------------------------------------------

void Page::connect(std::uint32_t channel) {
  channel_ = channel;
  tell([channel](WebSockets& all) { all.on_open(channel); });
}

bool Page::send(std::uint32_t channel, Bytes message) {
  if (channel != channel_) return false;
  world_.schedule(world_.now() + kDelay, [this, copy = ByteVector(message.begin(), message.end())] {
    gateway_.handle_message(copy);
  });
  return true;
}

void Page::close(std::uint32_t channel, std::uint16_t code) {
  if (channel != channel_) return;
  if (code == 0) {
    channel_ = 0;
    return;
  }
  tell([channel, code](WebSockets& all) { all.on_closed(channel, {code, {}}); });
}

}  // namespace floe::wasm::test

using floe::wasm::test::page;

void floe_random(std::uint8_t* out, std::size_t size) {
  page->fill_random({out, size});
}

void floe_log(std::uint32_t, const char*, std::size_t, const char*, std::size_t) {}

void floe_channel_connect(std::uint32_t channel, const char*, std::size_t, const char*,
                          std::size_t) {
  page->connect(channel);
}

std::uint32_t floe_channel_send(std::uint32_t channel, std::uint32_t, const std::uint8_t* message,
                                std::size_t size) {
  return page->send(channel, {message, size}) ? 1 : 0;
}

std::size_t floe_channel_buffered(std::uint32_t) {
  return 0;
}

void floe_channel_close(std::uint32_t channel, std::uint32_t code, const char*, std::size_t) {
  page->close(channel, static_cast<std::uint16_t>(code));
}
