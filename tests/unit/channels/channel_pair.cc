#include "channels/channel_pair.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <utility>

namespace floe::testing {

using namespace channels;

std::vector<std::string> ChannelEnd::texts() const {
  std::vector<std::string> texts;
  for (const MessageReceived& message : received) texts.emplace_back(as_text(message.bytes));
  return texts;
}

ChannelPair::ChannelPair(const sctp::Options& options, std::size_t message_size_max) {
  client.channels =
      std::make_unique<Channels>(Side::dtls_client, options, message_size_max, client_random_);
  server.channels =
      std::make_unique<Channels>(Side::dtls_server, options, message_size_max, server_random_);
}

ChannelPair::~ChannelPair() = default;

void ChannelPair::connect() {
  REQUIRE(client.channels->connect(now));
  REQUIRE(server.channels->connect(now));
  collect(client);
  collect(server);
  run(200ms);
}

bool ChannelPair::step(Timestamp end) {
  const Timestamp arrival = under_way_.empty() ? kNever : under_way_.begin()->first;
  const Timestamp next =
      std::min({arrival, client.channels->deadline(), server.channels->deadline()});
  if (next > end) return false;
  now = std::max(now, next);
  if (arrival == next) {
    auto [to, packet] = std::move(under_way_.begin()->second);
    under_way_.erase(under_way_.begin());
    to->channels->handle_packet(now, packet);
    collect(*to);
    return true;
  }
  for (ChannelEnd* each : {&client, &server}) {
    each->channels->handle_timeout(now);
    collect(*each);
  }
  return true;
}

void ChannelPair::run(Duration time) {
  const Timestamp end = now + time;
  while (step(end)) {
  }
  now = end;
}

bool ChannelPair::run_until(const std::function<bool()>& holds, Duration limit) {
  const Timestamp end = now + limit;
  while (!holds()) {
    if (!step(end)) return holds();
  }
  return true;
}

ChannelId ChannelPair::open(const ChannelOptions& options) {
  const auto id = client.channels->open(now, options);
  REQUIRE(id);
  collect(client);
  const std::size_t before = client.opened.size();
  REQUIRE(run_until([&] { return client.opened.size() > before; }));
  return *id;
}

channels::SendResult ChannelPair::send(ChannelEnd& from, ChannelId channel, std::string_view text) {
  const auto result = from.channels->send(now, channel, MessageKind::text, as_bytes(text));
  collect(from);
  return result;
}

void ChannelPair::collect(ChannelEnd& end) {
  while (auto output = end.channels->poll_output()) {
    REQUIRE_FALSE(end.ended);
    if (auto* transmit = std::get_if<Transmit>(&*output)) {
      ++packets_;
      ChannelEnd* to = &end == &client ? &server : &client;
      for (const Duration delay : network(transmit->packet)) {
        under_way_.emplace(now + delay, std::pair{to, transmit->packet});
      }
    } else if (auto* opened = std::get_if<ChannelOpened>(&*output)) {
      end.opened.push_back(std::move(*opened));
    } else if (auto* message = std::get_if<MessageReceived>(&*output)) {
      end.received.push_back(std::move(*message));
    } else if (const auto* low = std::get_if<BufferedLow>(&*output)) {
      end.low.push_back(low->channel);
    } else if (const auto* closed = std::get_if<ChannelClosed>(&*output)) {
      end.closed.push_back(closed->channel);
    } else {
      end.ended = std::get<Ended>(*output);
    }
  }
}

}  // namespace floe::testing
