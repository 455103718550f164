#include "turn/dialogue.h"

#include <array>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/understands.h"
#include "long_term_key.h"

namespace floe::testing {

using namespace turn;

stun::MessageView view_of(const ByteVector& bytes) {
  const auto message = stun::MessageView::parse(bytes, understands);
  REQUIRE(message);
  return *message;
}

Dialogue::Dialogue(AllocationConfig config) : allocation(std::move(config), random, crypto) {
  allocation.start(now);
}

void Dialogue::take_outputs() {
  while (const auto output = allocation.poll_output()) {
    if (const auto* transmit = std::get_if<Transmit>(&*output)) {
      messages_.emplace_back(transmit->message.begin(), transmit->message.end());
    } else {
      events_.push_back(*output);
    }
  }
}

std::optional<ByteVector> Dialogue::poll_message() {
  take_outputs();
  if (messages_.empty()) return std::nullopt;
  ByteVector message = std::move(messages_.front());
  messages_.pop_front();
  return message;
}

ByteVector Dialogue::message() {
  auto message = poll_message();
  REQUIRE(message);
  return std::move(*message);
}

ByteVector Dialogue::request(stun::Method method) {
  ByteVector bytes = message();
  const stun::MessageView view = view_of(bytes);
  REQUIRE(view.is_request());
  REQUIRE(view.method() == method);
  return bytes;
}

ByteVector Dialogue::next_request(stun::Method method) {
  ByteVector bytes = message();
  while (!view_of(bytes).is_request()) bytes = message();
  REQUIRE(view_of(bytes).method() == method);
  return bytes;
}

void Dialogue::skip() {
  while (poll_message()) {
  }
}

void Dialogue::answer(const ByteVector& request, stun::Class message_class, const Write& write,
                      bool is_signed) {
  const stun::MessageView view = view_of(request);
  std::array<std::uint8_t, 2048> buffer;
  stun::MessageBuilder builder(buffer, message_class, view.method(), view.transaction_id());
  if (write) write(builder);
  if (is_signed) {
    const ByteVector key =
        stun::long_term_key(crypto, stun::PasswordHash::md5, "user", "example.org", "pass");
    builder.add_message_integrity(*crypto.hmac_sha1(key));
  }
  receive(*builder.finish());
}

void Dialogue::receive(Bytes bytes) {
  received_.emplace_back(bytes.begin(), bytes.end());
  allocation.handle_message(now, received_.back());
}

void Dialogue::succeed(const ByteVector& request, const Write& write) {
  answer(request, stun::Class::success, write, true);
}

void Dialogue::refuse(const ByteVector& request, std::uint16_t code, const Write& write) {
  const auto both = [&](stun::MessageBuilder& out) {
    out.add(stun::ErrorCode{code, "no"});
    if (write) write(out);
  };
  answer(request, stun::Class::error, both, view_of(request).has_integrity());
}

void Dialogue::challenge(const ByteVector& request, std::uint16_t code) {
  const std::string nonce = "nonce " + std::to_string(++nonces_);
  const auto write = [&](stun::MessageBuilder& out) {
    out.add(stun::ErrorCode{code, "who are you"});
    out.add(stun::Realm{"example.org"}).add(stun::Nonce{nonce});
  };
  answer(request, stun::Class::error, write, false);
}

void Dialogue::indicate(const TransportAddress& peer, std::string_view data) {
  std::array<std::uint8_t, 256> buffer;
  stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::data, {});
  receive(*builder.add(XorPeerAddress{peer}).add(Data{as_bytes(data)}).finish());
}

void Dialogue::allocate(std::uint32_t seconds) {
  challenge(request(stun::Method::allocate));
  succeed(request(stun::Method::allocate), [&](stun::MessageBuilder& out) {
    out.add(XorRelayedAddress{kRelayed})
        .add(Lifetime{seconds})
        .add(stun::XorMappedAddress{kMapped});
  });
  REQUIRE(event<Allocated>());
}

void Dialogue::want(const std::vector<TransportAddress>& peers,
                    const std::vector<TransportAddress>& with_channel) {
  WantedPeers wanted;
  for (const TransportAddress& peer : peers) wanted.permissions.push_back(peer.ip);
  for (const TransportAddress& peer : with_channel) wanted.channels.push_back(peer);
  allocation.set_wanted(now, wanted);
}

void Dialogue::pass(Duration time) {
  const Timestamp end = now + time;
  int turns_without_progress = 0;
  while (allocation.deadline() <= end) {
    turns_without_progress = allocation.deadline() > now ? 0 : turns_without_progress + 1;
    REQUIRE(turns_without_progress < 3);
    now = std::max(now, allocation.deadline());
    allocation.handle_timeout(now);
  }
  now = end;
}

void Dialogue::sleep(Duration time) {
  now += time;
  allocation.handle_timeout(now);
}

}  // namespace floe::testing
