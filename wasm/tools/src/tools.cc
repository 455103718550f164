// The module of `npx floe`: the same probes as the native command has, with the same words.
#include "command_reader.h"
#include "floe/probes/answer_lines.h"
#include "floe/probes/doctor.h"
#include "floe/probes/nat.h"
#include "floe/probes/server_options.h"
#include "floe/probes/stun.h"
#include "floe/probes/turn.h"
#include "waiting_host.h"
#include "waiting_imports.h"

namespace floe::wasm {
namespace {

class WorkerConsole final : public probes::Console {
 public:
  void print(std::string_view text) override { floe_tool_print(text.data(), text.size()); }
  void print_error(std::string_view text) override {
    floe_tool_print_error(text.data(), text.size());
  }
};

class BlockingWorker final : public probes::BlockingHost {
 public:
  Host api() override { return host_.api(); }
  probes::Console& console() override { return console_; }
  void wait(Timestamp deadline) override { host_.wait(deadline); }
  std::optional<IpAddress> address_towards(const TransportAddress& remote) override {
    host_.routes().ask(remote);
    while (!host_.routes().is_answered()) host_.wait(kNever);
    return host_.routes().source();
  }

 private:
  WaitingHost host_;
  WorkerConsole console_;
};

/// js/src/tools/tool_options.ts writes it.
enum class Tool : std::uint8_t { stun = 0, turn = 1, nat = 2, doctor = 3 };

/// u8 tool, u8 JSON, u8 over TCP, u8 family (0, 4 or 6), text bind or nothing, u16 count of
/// servers, each three texts: URL, user name, password.
struct Order {
  explicit Order(CommandReader in)
      : tool(static_cast<Tool>(in.u8())), json(in.flag()), is_tcp(in.flag()) {
    const std::uint8_t version = in.u8();
    if (version == 4) family = Family::ipv4;
    if (version == 6) family = Family::ipv6;
    bind = IpAddress::parse(in.text());
    for (std::uint16_t count = in.u16(); count > 0 && in.ok(); --count) {
      const std::string_view uri = in.text();
      const std::string_view user = in.text();
      add(uri, user, in.text());
    }
  }

  void add(std::string_view text, std::string_view user, std::string_view password) {
    const auto uri = probes::read_server(text, kind());
    if (!uri) {
      error = uri.error();
    } else {
      servers.emplace_back(*uri, std::string(user), std::string(password));
    }
  }

  probes::ServerKind kind() const {
    switch (tool) {
      case Tool::stun:
        return probes::ServerKind::stun;
      case Tool::turn:
        return probes::ServerKind::turn;
      case Tool::nat:
        return probes::ServerKind::stun_over_udp;
      case Tool::doctor:
        break;
    }
    return probes::ServerKind::any;
  }

  probes::ServerOptions server() const {
    probes::ServerOptions options;
    options.server = servers.front().uri;
    options.transport = probes::transport_of(options.server);
    if (is_tcp && options.transport == turn::Transport::udp) {
      options.transport = turn::Transport::tcp;
    }
    options.bind = bind;
    options.family = family;
    options.json = json;
    return options;
  }
  stun::LongTermCredentials credentials() const {
    return {servers.front().username, servers.front().password};
  }

  Tool tool;
  bool json;
  bool is_tcp;
  std::optional<Family> family;
  std::optional<IpAddress> bind;
  std::vector<Server> servers;
  std::string error;
};

int run(BlockingWorker& host, const Order& order) {
  probes::Console& console = host.console();
  switch (order.tool) {
    case Tool::stun:
      return print(console, order.json,
                   probes::ask_stun(host, {order.server(), order.credentials()}));
    case Tool::turn:
      return print(console, order.json,
                   probes::ask_turn(host, {order.server(), order.credentials()}));
    case Tool::nat:
      return print(console, order.json, probes::ask_nat(host, order.server()));
    case Tool::doctor:
      return probes::run_doctor(host, {order.servers, order.bind}, order.json);
  }
  return 2;
}

}  // namespace
}  // namespace floe::wasm

/// Runs the tool of the order that JavaScript has ready, of `size` bytes; returns the exit status:
/// 2 is a mistake in the order.
extern "C" __attribute__((export_name("run"), used)) int run(std::size_t size) {
  floe::ByteVector bytes(size);
  floe_tool_take(bytes.data());
  const floe::wasm::Order order{floe::wasm::CommandReader(bytes)};
  floe::wasm::BlockingWorker host;
  if (!order.error.empty()) {
    floe::probes::print_error(host.console(), order.json, order.error);
    return 2;
  }
  return floe::wasm::run(host, order);
}
