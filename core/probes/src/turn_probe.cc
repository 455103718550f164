#include "turn_probe.h"

#include <algorithm>

#include "floe/probes/answer_lines.h"

namespace floe::probes {
namespace {

constexpr Duration kAllocatePatience = std::chrono::seconds(10);
constexpr Duration kEchoPatience = std::chrono::seconds(2);
/// Round trips that are measured; the first pays for the permission.
constexpr int kEchoes = 5;
/// In bytes, of what is echoed: some servers take no frame of a few bytes.
constexpr std::size_t kEchoSize = 64;

turn::AllocationConfig allocation_config(const TurnOptions& options) {
  return {.transport = options.server.transport,
          .credentials = options.credentials,
          .wants_ipv6 = true};
}

}  // namespace

TurnProbe::TurnProbe(BlockingHost& host, const TurnOptions& options)
    : options_(options),
      host_(host),
      access_(host_, options_.server),
      near_(host_, access_, 0, allocation_config(options_)),
      far_(host_, access_, 1, allocation_config(options_)) {}

template <class Done>
bool TurnProbe::wait_until(Done done, Duration patience) {
  const Timestamp end = host_.now() + patience;
  while (!done()) {
    if (host_.now() >= end) return false;
    access_.wait(std::min({near_.deadline(), far_.deadline(), end}));
    near_.handle_timeout();
    far_.handle_timeout();
  }
  return true;
}

TurnAnswer TurnProbe::run() {
  if (const auto error = access_.open(2)) {
    answer_.error = *error;
    return answer_;
  }
  access_.on_arrival = [this](std::size_t way, const Datagram& datagram) {
    if (datagram.remote != access_.server()) return;
    (way == 0 ? near_ : far_).receive(datagram.payload);
  };
  if (!allocate()) return answer_;
  const auto by_indication = echo(false);
  const auto by_channel = by_indication ? echo(true) : std::nullopt;
  report(by_indication, by_channel);
  near_.release();
  far_.release();
  host_.wait(host_.now());
  return answer_;
}

bool TurnProbe::allocate() {
  for (RelayLeg* leg : {&near_, &far_}) {
    leg->start();
    if (!wait_until([leg] { return leg->is_settled(); }, kAllocatePatience)) leg->give_up();
    if (leg->failure().empty()) continue;
    const std::string which = leg == &near_ ? "no allocation" : "no second allocation";
    answer_.error =
        access_.server_text() + " made " + which + ": " + leg->failure() + ". " + hint(*leg);
    return false;
  }
  return true;
}

std::string TurnProbe::hint(const RelayLeg& leg) const {
  switch (leg.failure_code()) {
    case 401:
      return options_.credentials.username.empty() ? "It requires a user: set --user and --pass"
                                                   : "Check --user and --pass";
    case turn::kUnusableAnswer:
      return "The fault is the server's, or a device on the way changes its answers: try turns:, "
             "and ask its operator";
    case 403:
      return "It does not serve this user or this network: ask its operator";
    case 486:
      return "This user has as many allocations as allowed: wait, or ask for a higher quota";
    case 508:
      return "It is out of ports: wait, or use another server";
    case 440:
    case 442:
      return "It does not relay UDP, or not this family: try --family";
    case 300:
      return "Name that server instead";
    default:
      break;
  }
  return access_.is_stream() ? "Check that it is a TURN server"
                             : "UDP may be blocked on the way, or no TURN server is there: try "
                               "?transport=tcp, or turns:";
}

std::optional<Duration> TurnProbe::echo(bool with_channels) {
  const TransportAddress near = near_.relayed().front();
  const auto same_family = std::ranges::find_if(far_.relayed(), [&](const TransportAddress& one) {
    return one.ip.family() == near.ip.family();
  });
  if (same_family == far_.relayed().end()) return std::nullopt;
  const TransportAddress far = *same_family;
  near_.permit(far, with_channels);
  far_.permit(near, with_channels);
  far_.on_data = [&](const TransportAddress& peer, Bytes payload) { far_.send(peer, payload); };

  std::optional<Duration> best;
  for (std::uint8_t i = 0; i < kEchoes; ++i) {
    // Over UDP a datagram may be lost, and the first one may arrive before its permission is
    // installed.
    std::array<std::uint8_t, kEchoSize> payload{};
    payload[0] = i;
    payload[1] = with_channels ? 1 : 0;
    bool came_back = false;
    near_.on_data = [&](const TransportAddress&, Bytes bytes) {
      came_back = came_back || std::ranges::equal(bytes, payload);
    };
    const Timestamp sent_at = host_.now();
    near_.send(far, payload);
    if (!wait_until([&] { return came_back; }, kEchoPatience / kEchoes)) continue;
    const Duration took = host_.now() - sent_at;
    if (!best || took < *best) best = took;
  }
  near_.on_data = nullptr;
  far_.on_data = nullptr;
  return best;
}

void TurnProbe::report(std::optional<Duration> by_indication, std::optional<Duration> by_channel) {
  answer_.server = access_.server_text();
  answer_.transport = access_.transport_text();
  answer_.local = access_.local(0);
  answer_.mapped = near_.mapped();
  answer_.relayed = near_.relayed();
  answer_.lifetime = near_.lifetime();
  answer_.lookup = access_.lookup_time();
  if (access_.is_stream()) answer_.connect = access_.open_time();
  answer_.allocate = near_.allocate_time();
  answer_.echo = by_indication;
  answer_.channel_echo = by_channel;
  if (!by_indication) {
    const std::string& refused = !near_.failure().empty() ? near_.failure() : far_.failure();
    answer_.problem =
        "The server allocates, but no datagram passed to another of its relayed addresses and "
        "back: " +
        (refused.empty() ? std::string("its firewall or policy may forbid that")
                         : "it says " + refused) +
        ". Relaying to other peers may work all the same";
  } else if (!by_channel) {
    answer_.problem = "Send indications work but channels do not; agents will use Send indications";
  }
}

TurnAnswer ask_turn(BlockingHost& host, const TurnOptions& options) {
  return TurnProbe(host, options).run();
}

int print(Console& console, bool json, const TurnAnswer& answer) {
  if (!answer.error.empty()) return print_error(console, json, answer.error);
  AnswerLines lines(json);
  lines.add("Server", "server", answer.server);
  lines.add("Transport", "transport", answer.transport);
  lines.add("Local", "local", answer.local.to_text());
  lines.add("Mapped", "mapped", answer.mapped ? answer.mapped->to_text() : std::string());
  lines.add("Relayed", "relayed", answer.relayed.front().to_text());
  if (answer.relayed.size() > 1) lines.add("", "relayed2", answer.relayed[1].to_text());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(answer.lifetime).count();
  lines.add("Lifetime", "lifetime", std::to_string(seconds) + " s");
  lines.add_milliseconds("Name", "lookupMs", answer.lookup.count());
  if (answer.connect) lines.add_milliseconds("Connect", "connectMs", answer.connect->count());
  lines.add_milliseconds("Allocate", "allocateMs", answer.allocate.count());
  if (answer.echo) lines.add_milliseconds("Echo", "echoMs", answer.echo->count());
  if (answer.channel_echo) {
    lines.add_milliseconds("By channel", "channelEchoMs", answer.channel_echo->count());
  }
  if (!answer.problem.empty()) lines.add_sentence("problem", answer.problem);
  lines.print(console);
  return answer.echo && answer.channel_echo ? 0 : 1;
}

}  // namespace floe::probes
