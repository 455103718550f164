#include "turn_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "answer_lines.h"
#include "floe/options/candidate_servers.h"

namespace floe::cli {
namespace {

constexpr Duration kAllocatePatience = 10s;
constexpr Duration kEchoPatience = 2s;
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

void declare(CLI::App& app, TurnOptions& options) {
  declare(app, options.server, ServerKind::turn);
  CLI::Option* user = app.add_option("--turn-user,--user", options.credentials.username,
                                     "The user that the server knows");
  CLI::Option* pass =
      app.add_option("--turn-pass,--pass", options.credentials.password, "The password of --user")
          ->needs(user);
  app.add_option_function<std::string>(
         "--turn-pass-env,--pass-env",
         [&options](const std::string& variable) {
           options.credentials.password =
               options::password_from_environment("--pass-env", variable);
         },
         "The variable of the environment that has the password")
      ->needs(user)
      ->excludes(pass);
}

TurnCommand::TurnCommand(const TurnOptions& options)
    : options_(options),
      host_(host_options(options.server)),
      access_(host_, options_.server),
      near_(host_, access_, 0, allocation_config(options_)),
      far_(host_, access_, 1, allocation_config(options_)) {}

template <class Done>
bool TurnCommand::wait_until(Done done, Duration patience) {
  const Timestamp end = host_.loop().now() + patience;
  while (!done()) {
    if (host_.loop().now() >= end) return false;
    access_.wait(std::min({near_.deadline(), far_.deadline(), end}));
    near_.handle_timeout();
    far_.handle_timeout();
  }
  return true;
}

int TurnCommand::run() {
  if (const auto error = access_.open(2)) return fail(*error);
  access_.on_arrival = [this](std::size_t way, const Datagram& datagram) {
    if (datagram.remote != access_.server()) return;
    (way == 0 ? near_ : far_).receive(datagram.payload);
  };
  if (!allocate()) return 1;
  const auto by_indication = echo(false);
  const auto by_channel = by_indication ? echo(true) : std::nullopt;
  const int status = report(by_indication, by_channel);
  near_.release();
  far_.release();
  host_.loop().run_once(Duration::zero());
  return status;
}

bool TurnCommand::allocate() {
  for (RelayLeg* leg : {&near_, &far_}) {
    leg->start();
    if (!wait_until([leg] { return leg->is_settled(); }, kAllocatePatience)) leg->give_up();
    if (leg->failure().empty()) continue;
    const std::string which = leg == &near_ ? "no allocation" : "no second allocation";
    fail(access_.server_text() + " made " + which + ": " + leg->failure() + ". " + hint(*leg));
    return false;
  }
  return true;
}

std::string TurnCommand::hint(const RelayLeg& leg) const {
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

std::optional<Duration> TurnCommand::echo(bool with_channels) {
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
    const Timestamp sent_at = host_.loop().now();
    near_.send(far, payload);
    if (!wait_until([&] { return came_back; }, kEchoPatience / kEchoes)) continue;
    const Duration took = host_.loop().now() - sent_at;
    if (!best || took < *best) best = took;
  }
  near_.on_data = nullptr;
  far_.on_data = nullptr;
  return best;
}

int TurnCommand::report(std::optional<Duration> by_indication, std::optional<Duration> by_channel) {
  AnswerLines lines(options_.server.json);
  lines.add("Server", "server", access_.server_text());
  lines.add("Transport", "transport", access_.transport_text());
  lines.add("Local", "local", access_.local(0).to_text());
  lines.add("Mapped", "mapped", near_.mapped() ? near_.mapped()->to_text() : std::string());
  lines.add("Relayed", "relayed", near_.relayed().front().to_text());
  if (near_.relayed().size() > 1) lines.add("", "relayed2", near_.relayed()[1].to_text());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(near_.lifetime()).count();
  lines.add("Lifetime", "lifetime", std::to_string(seconds) + " s");
  lines.add_milliseconds("Name", "lookupMs", access_.lookup_time().count());
  if (access_.is_stream()) {
    lines.add_milliseconds("Connect", "connectMs", access_.open_time().count());
  }
  lines.add_milliseconds("Allocate", "allocateMs", near_.allocate_time().count());
  if (by_indication) lines.add_milliseconds("Echo", "echoMs", by_indication->count());
  if (by_channel) lines.add_milliseconds("By channel", "channelEchoMs", by_channel->count());
  std::string problem;
  if (!by_indication) {
    const std::string& refused = !near_.failure().empty() ? near_.failure() : far_.failure();
    problem =
        "The server allocates, but no datagram passed to another of its relayed addresses and "
        "back: " +
        (refused.empty() ? std::string("its firewall or policy may forbid that")
                         : "it says " + refused) +
        ". Relaying to other peers may work all the same";
  } else if (!by_channel) {
    problem = "Send indications work but channels do not; agents will use Send indications";
  }
  if (!problem.empty()) lines.add_sentence("problem", problem);
  lines.print();
  return by_indication && by_channel ? 0 : 1;
}

int TurnCommand::fail(const std::string& text) {
  print_error(options_.server.json, text);
  return 1;
}

}  // namespace floe::cli
