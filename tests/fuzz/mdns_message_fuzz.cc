// Any bytes as a message of multicast DNS: they are read, a resolver hears them as an answer to
// what they ask for, and a responder as a query for what they say.
#include <algorithm>

#include "floe/mdns/limits.h"
#include "floe/mdns/resolver.h"
#include "floe/mdns/responder.h"
#include "invariant.h"

using namespace floe;
using namespace floe::mdns;
using floe::fuzz::expect;

namespace {

const Timestamp kNow{std::chrono::hours(1)};
const IpAddress kIp = IpAddress::v4(192, 168, 1, 2);

void read(Bytes bytes) {
  const auto message = parse_message(bytes);
  if (!message) return;
  expect(message->questions.size() <= kQuestionsMax, "more questions than allowed");
  expect(message->addresses.size() <= kAddressesKept, "more addresses than allowed");
  for (const Question& question : message->questions) {
    const auto again = parse_message(write_query(question, message->id));
    expect(again && again->questions.size() == 1 && again->questions[0] == question,
           "a question is not what was written");
  }
}

void resolve(Bytes bytes, bool to_group) {
  Resolver resolver;
  resolver.ask(kNow, "4f3c.local", 0);
  while (resolver.poll_query()) {
  }
  resolver.handle_message(kNow, {{kIp, kPort}, to_group}, bytes);
  const auto answer = resolver.poll_answer();
  if (answer) {
    expect(answer->name == "4f3c.local", "an answer that nobody asked for");
    expect(!answer->address.is_multicast(), "a neighbour with the address of a group");
  }
  expect(!resolver.poll_answer(), "two answers to one question");
  expect(resolver.is_idle() == answer.has_value(), "a lookup that is lost or not over");
}

void respond(Bytes bytes, std::uint16_t port) {
  Responder responder;
  responder.add("4f3c.local", kIp);
  for (const Reply& reply : responder.handle_query(kNow, {kIp, port}, bytes)) {
    expect(reply.message.size() <= kMessageWrittenMax, "an answer that is too long");
    const auto message = parse_message(reply.message);
    expect(message && message->is_response && message->addresses.size() == 1,
           "an answer that cannot be read");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(data, size);
  read(bytes);
  resolve(bytes, true);
  resolve(bytes, false);
  respond(bytes, kPort);
  respond(bytes, 40000);
  return 0;
}
