// A program in C++ that meets the failure with the name in its first argument.
#include <floe/driver/room.h>
#include <floe/native/gateway_host.h>
#include <floe/native/signal_watch.h>
#include <floe/native/system_authorities.h>
#include <floe/native/system_host.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "told.h"

namespace {

using namespace std::chrono_literals;
using floe::Connection;

/// "KEY=VALUE" of the arguments.
struct Options {
  char** arguments;

  std::string operator[](const char* key) const {
    const char* value = option(arguments, key);
    return value == nullptr ? std::string() : value;
  }
};

void tell(std::string_view by, std::string_view code, std::string_view text) {
  told(std::string(by).c_str(), std::string(code).c_str(), std::string(text).c_str());
}

void tell(floe::ice::SendResult result) {
  static constexpr std::string_view kCodes[] = {"sent", "no_path", "queue_full", "too_large",
                                                "refused"};
  tell("result", kCodes[result.value()], to_text(result));
}

floe::native::SystemHostOptions host_options(const Options& options) {
  floe::native::SystemHostOptions host;
  if (const auto address = floe::IpAddress::parse(options["bind"])) {
    host.only_addresses.push_back(*address);
  }
  host.web_socket.tls_ca_file = options["authorities"];
  host.log_minimum = floe::LogLevel::error;
  return host;
}

void add_server(std::vector<floe::Server>& servers, const std::string& text,
                const Options& options) {
  if (text.empty()) return;
  auto uri = floe::parse_server_uri(text);
  if (!uri) tell("result", "parse_server_uri", to_text(uri.error()));
  servers.emplace_back(std::move(*uri), options["user"], options["password"]);
}

floe::RoomOptions room_options(const Options& options) {
  floe::RoomOptions room;
  room.url = options["url"];
  room.name = options["name"].empty() ? "cpp" : options["name"];
  room.token = options["token"];
  auto& gather = room.connection.gather;
  if (!options["fingerprint"].empty()) {
    room.connection.security->expected.push_back(options["fingerprint"]);
  }
  add_server(gather.servers, options["stun"], options);
  add_server(gather.servers, options["turn"], options);
  gather.port_min = gather.port_max =
      static_cast<std::uint16_t>(std::atoi(options["port"].c_str()));
  if (!options["relay"].empty()) {
    room.connection.agent.policy = floe::ice::CandidatePolicy::relay;
  }
  return room;
}

/// An end in a room that tells what it hears by the callback that `by` names.
class End {
 public:
  explicit End(const Options& options)
      : options_(options),
        system_(host_options(options)),
        room(host(), system_.message_channels(), room_options(options)) {
    room.on_connection = [this](Connection& connection, const floe::signal::Peer&) {
      begin(connection);
    };
    room.on_connection_gone = [this](Connection&, const floe::signal::Peer&) { has_gone_ = true; };
    room.on_waiting = [this](const floe::Waiting& waiting) {
      if (by("waiting") || (by("left") && has_gone_)) {
        tell(options_["by"], to_text(waiting.what), waiting.text);
      }
    };
    room.on_error = [this](std::string_view text) {
      if (by("error")) tell("error", "", text);
    };
    const std::string problem = room.join();
    if (!problem.empty()) tell("result", "Room::join", problem);
  }

  void run() { loop().run(); }
  void run_for(floe::Duration time) {
    const auto end = loop().now() + time;
    while (loop().now() < end) loop().run_once(100ms);
  }
  floe::native::Loop& loop() { return system_.loop(); }
  Connection& wait_for_path() {
    while (connected_ == nullptr) loop().run_once(100ms);
    return *connected_;
  }

 private:
  bool by(std::string_view way) const { return options_["by"] == way; }
  floe::Host host() {
    if (options_["gateway"].empty()) return system_.api();
    gateway_.emplace(system_, options_["gateway"], options_["token"]);
    gateway_->on_lost = [this](const floe::native::GatewayLost& lost) {
      if (by("gateway")) tell("gateway", lost.code, lost.text);
    };
    return gateway_->api();
  }
  void begin(Connection& connection) {
    connection.on_no_path = [this](floe::ice::State state, std::string_view why) {
      if (by("no-path")) tell("no-path", to_text(state), why);
    };
    connection.on_security_failed = [this](const floe::peer::SecurityFailed& failed) {
      if (by("insecure")) tell("insecure", to_text(failed.reason), failed.message);
    };
    connection.on_candidate_error = [this](const floe::GatheringError& error) {
      if (by("candidate")) tell("candidate", std::to_string(error.code), error.text);
    };
    connection.on_state = [this, &connection](floe::ice::State state) {
      if (state == floe::ice::State::connected) connected_ = &connection;
    };
  }
  Options options_;
  bool has_gone_ = false;
  Connection* connected_ = nullptr;
  floe::native::SystemHost system_;
  std::optional<floe::native::GatewayHost> gateway_;

 public:
  floe::Room room;
};

/// Sends when there is a path, until it is told otherwise: datagrams of one pass of the loop leave
/// together at its end, so only the first of them learns what becomes of it.
void meet_send(End& end, const Options& options) {
  Connection& connection = end.wait_for_path();
  const std::string number = options["errno"];
  if (!number.empty() && stop_sending(std::atoi(number.c_str())) == 0) {
    tell("result", "no seccomp", "");
  }
  if (!options["closed"].empty()) connection.close();
  const std::vector<std::uint8_t> data(std::strtoul(options["size"].c_str(), nullptr, 10));
  floe::ice::SendResult result = floe::ice::SendResult::sent;
  for (int tries = 0; tries < 10 && result; ++tries) {
    result = connection.send(data);
    end.loop().run_once(floe::Duration::zero());
  }
  tell(result);
}

void meet_send_late(End& end) {
  end.room.leave();
  end.run_for(2s);
  tell("result", to_text(end.room.state()), std::to_string(end.room.send(floe::as_bytes("late"))));
}

/// A signal ends the run.
class Stopper final : public floe::native::SignalListener {
 public:
  explicit Stopper(floe::native::Loop& loop) : loop_(loop) {}
  void on_signal(int) override { loop_.stop(); }

 private:
  floe::native::Loop& loop_;
};

void meet_signal(End& end) {
  Stopper stopper(end.loop());
  const floe::native::SignalWatch signals(end.loop(), {SIGTERM}, stopper);
  std::raise(SIGTERM);
  end.run();
  tell("result", "stopped", "");
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  begin();
  const std::string_view name = arguments[1];
  const Options options{arguments + 2};
  if (!options["authorities"].empty()) {
    const std::string problem = floe::native::problem_with_authorities(options["authorities"]);
    if (!problem.empty()) tell("result", "problem_with_authorities", problem);
  }
  End end(options);
  if (name == "send") meet_send(end, options);
  if (name == "signal") meet_signal(end);
  if (name == "send late") meet_send_late(end);
  if (name == "send early") {
    tell("result", std::to_string(end.room.send(floe::as_bytes("early"))), "");
  }
  end.run();
}
