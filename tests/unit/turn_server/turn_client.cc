#include "turn_client.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/understands.h"
#include "long_term_key.h"

namespace floe::testing {

using stun::Class;
using stun::MessageBuilder;
using stun::Method;

int Reply::error() const {
  const auto error = message().get<stun::ErrorCode>();
  return error ? error->code : 0;
}

bool Reply::understands(std::uint16_t type) {
  return turn::understands(type);
}

TurnClient::TurnClient(TurnWorld& world, const char* address, std::string name, std::string secret)
    : path{at(address), at("10.0.0.1:3478"), turn::Transport::udp, 0},
      username(std::move(name)),
      password(std::move(secret)),
      world_(world) {}

void TurnClient::send_raw(Bytes bytes) {
  world_.server.handle_client_message(world_.now, path, bytes);
}

std::optional<Reply> TurnClient::reply() {
  auto& sent = world_.host.to_clients;
  const auto place = std::ranges::find_if(sent, [&](const ToClient& entry) {
    return entry.path == path && (entry.bytes[0] & 0xc0) == 0;
  });
  if (place == sent.end()) return std::nullopt;
  Reply reply{place->bytes};
  sent.erase(place);
  return reply;
}

std::string TurnClient::nonce() {
  std::array<std::uint8_t, 256> buffer;
  MessageBuilder builder(buffer, Class::request, Method::refresh, {0xff});
  send_raw(*builder.finish());
  const auto challenge = reply();
  REQUIRE(challenge);
  REQUIRE(challenge->error() == stun::kUnauthenticated);
  return std::string(challenge->get<stun::Nonce>().text);
}

std::optional<Reply> TurnClient::ask(Method method, const Fill& fill) {
  const std::string nonce = this->nonce();
  std::array<std::uint8_t, 2048> buffer;
  MessageBuilder builder(buffer, Class::request, method, {1, 2, ++requests_});
  builder.add(stun::Username{username}).add(stun::Realm{"example.org"}).add(stun::Nonce{nonce});
  fill(builder);
  const ByteVector key = stun::long_term_key(world_.crypto, stun::PasswordHash::md5, username,
                                             "example.org", password);
  builder.add_message_integrity(*world_.crypto.hmac_sha1(key)).add_fingerprint();
  const Bytes bytes = *builder.finish();
  last_request_.assign(bytes.begin(), bytes.end());
  return ask_again();
}

std::optional<Reply> TurnClient::ask_again() {
  send_raw(last_request_);
  return reply();
}

int TurnClient::allocate(const Fill& fill) {
  auto answer = ask(Method::allocate, [&](MessageBuilder& builder) {
    builder.add(turn::RequestedTransport{});
    fill(builder);
  });
  if (!answer) {
    world_.open_relays();
    answer = reply();
  }
  REQUIRE(answer);
  if (answer->error() == 0) relayed_ = answer->get<turn::XorRelayedAddress>().address;
  return answer->error();
}

int TurnClient::refresh(std::uint32_t seconds) {
  return ask(Method::refresh, [&](auto& builder) { builder.add(turn::Lifetime{seconds}); })
      ->error();
}

int TurnClient::permit(const TransportAddress& peer) {
  return ask(Method::create_permission,
             [&](auto& builder) { builder.add(turn::XorPeerAddress{peer}); })
      ->error();
}

int TurnClient::bind(std::uint16_t channel, const TransportAddress& peer) {
  return ask(Method::channel_bind,
             [&](auto& builder) {
               builder.add(turn::ChannelNumber{channel}).add(turn::XorPeerAddress{peer});
             })
      ->error();
}

void TurnClient::send(const TransportAddress& peer, std::string_view text) {
  std::array<std::uint8_t, 2048> buffer;
  MessageBuilder builder(buffer, Class::indication, Method::send, {9});
  builder.add(turn::XorPeerAddress{peer}).add(turn::Data{as_bytes(text)});
  send_raw(*builder.finish());
}

void TurnClient::send_on(std::uint16_t channel, std::string_view text) {
  std::array<std::uint8_t, 2048> buffer;
  ByteWriter out(buffer);
  turn::ChannelData{channel, as_bytes(text)}.write(out, false);
  send_raw(out.written());
}

std::string TurnClient::heard() {
  auto& sent = world_.host.to_clients;
  std::string last;
  for (const ToClient& entry : sent) {
    if (!(entry.path == path)) continue;
    if (const auto data = turn::ChannelData::parse(entry.bytes, 0x7fff)) {
      last = std::to_string(data->channel) + " " + std::string(as_text(data->payload));
      continue;
    }
    const auto message = stun::MessageView::parse(entry.bytes, turn::understands);
    REQUIRE(message);
    REQUIRE(message->method() == Method::data);
    last = message->get<turn::XorPeerAddress>()->address.to_text() + " " +
           std::string(as_text(message->get<turn::Data>()->payload));
  }
  std::erase_if(sent, [&](const ToClient& entry) { return entry.path == path; });
  return last;
}

BoundClient::BoundClient(const TransportAddress& peer) {
  REQUIRE(client.allocate() == 0);
  REQUIRE(client.bind(0x4000, peer) == 0);
}

}  // namespace floe::testing
