// A device: joins a room, or has one of its own, answers each peer in it, and sends back each
// datagram, and each message of a data channel.
//
// Prints one JSON object a line: who connected over which path, and counters at the end.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <map>
#include <optional>

#include "echo.h"
#include "floe/driver/room.h"
#include "floe/json/writer.h"
#include "floe/native/signal_watch.h"
#include "floe/native/system_host.h"
#include "floe/options/candidate_servers.h"
#include "reception.h"

namespace {

using floe::Connection;
using floe::device::Counters;
using floe::device::Echo;
using floe::device::Reception;
using floe::device::ReceptionOptions;

struct Options {
  std::string url;  // empty: the room is its own
  std::string room = "demo";
  std::string documents;
  std::optional<floe::TransportAddress> listen;
  std::string name = "device";
  std::string token;
  std::string tls_ca_file;
  std::vector<std::string> bind;
  std::vector<floe::Server> servers;
  bool verbose = false;
};

void print_line(floe::json::Writer& out) {
  std::printf("%s\n", out.end_object().text().c_str());
  (void)std::fflush(stdout);
}

floe::json::Writer begin(std::string_view event) {
  floe::json::Writer out;
  out.begin_object().name("event").string(event);
  return out;
}

void print_pair(const floe::signal::Peer& peer, const floe::ice::SelectedPair& pair) {
  auto out = begin("selected-pair");
  out.name("peer").string(peer.id).name("name").string(peer.name);
  out.name("local").string(pair.local.address.to_text());
  out.name("remote").string(pair.remote.address.to_text());
  print_line(out);
}

void print_secured(const floe::signal::Peer& peer, const floe::peer::Secured& secured) {
  auto out = begin("secure");
  out.name("peer").string(peer.id).name("name").string(peer.name);
  out.name("fingerprint").string(secured.fingerprint);
  out.name("peerFingerprint").string(secured.peer_fingerprint);
  out.name("words").string(secured.words);
  print_line(out);
}

void print_listening(const Reception& reception) {
  auto out = begin("listening");
  out.name("address").string(reception.address().to_text());
  out.name("url").string("http://" + reception.address().to_text() + "/");
  print_line(out);
}

int refuse(const std::string& problem) {
  std::fprintf(stderr, "floe-device: %s\n", problem.c_str());
  return 1;
}

/// Ends the loop at a signal.
class Stopper final : public floe::native::SignalListener {
 public:
  explicit Stopper(floe::native::Loop& loop) : loop_(loop) {}
  void on_signal(int) override { loop_.stop(); }

 private:
  floe::native::Loop& loop_;
};

int run(const Options& options) {
  floe::native::SystemHostOptions host_options;
  for (const std::string& text : options.bind) {
    host_options.only_addresses.push_back(*floe::IpAddress::parse(text));
  }
  host_options.web_socket.tls_ca_file = options.tls_ca_file;
  host_options.streams.tls_ca_file = options.tls_ca_file;
  if (options.verbose) host_options.log_minimum = floe::LogLevel::debug;
  floe::native::SystemHost host(host_options);
  Counters counters;

  std::optional<Reception> reception;
  std::string url = options.url;
  if (options.listen) {
    const ReceptionOptions wanted{*options.listen, options.token, options.documents};
    if (const auto why = refuse_reception(wanted); !why.empty()) return refuse(why);
    reception.emplace(host, wanted);
    if (const auto why = reception->listen(); !why.empty()) return refuse(why);
    print_listening(*reception);
    url = reception->url(options.room);
  }
  floe::RoomOptions room_options{.url = url, .name = options.name, .token = options.token};
  room_options.offers = {"echo"};
  room_options.connection.gather.servers = options.servers;
  floe::Room room(host.api(), host.message_channels(), room_options);
  std::map<Connection*, Echo> echoes;
  room.on_connection = [&](Connection& connection, const floe::signal::Peer& peer) {
    ++counters.connections;
    echoes.try_emplace(&connection, host.api(), connection, counters);
    connection.on_secured = [peer](const floe::peer::Secured& secured) {
      print_secured(peer, secured);
    };
    connection.on_event = [peer](const floe::ice::Event& event) {
      const auto* selected = std::get_if<floe::ice::SelectedPairChanged>(&event);
      if (selected != nullptr) print_pair(peer, selected->pair);
    };
  };
  room.on_connection_gone = [&](Connection& connection, const floe::signal::Peer&) {
    echoes.erase(&connection);
  };
  int status = 0;
  room.on_state = [&](floe::signal::ClientState state) {
    auto out = begin("signalling");
    out.name("state").string(to_text(state)).name("pid").integer(getpid());
    print_line(out);
    if (state != floe::signal::ClientState::closed) return;
    status = 1;  // refused by the server; the log says why
    host.loop().stop();
  };

  Stopper stopper(host.loop());
  const floe::native::SignalWatch signals(host.loop(), {SIGINT, SIGTERM}, stopper);
  const std::string problem = room.join();
  if (!problem.empty()) return refuse(problem);
  host.loop().run();

  room.on_state = nullptr;
  room.leave();
  host.loop().run_once(floe::Duration::zero());
  const auto& udp = host.udp_sockets().statistics();
  auto out = begin("counters");
  out.name("connections").unsigned_integer(counters.connections);
  out.name("channels").unsigned_integer(counters.channels);
  out.name("echoed").unsigned_integer(counters.echoed);
  out.name("udpSent").unsigned_integer(udp.sent);
  out.name("udpReceived").unsigned_integer(udp.received);
  print_line(out);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{
      "Joins a room, or has one of its own, connects to each peer that is there or comes, and "
      "echoes datagrams and messages of data channels."};
  app.set_version_flag("--version", "floe-device " FLOE_VERSION);
  auto* url = app.add_option("url", options.url, "ws(s)://HOST/signal/ROOM");
  auto* listen = app.add_option_function<std::string>(
      "--listen",
      [&](const std::string& text) { options.listen = floe::TransportAddress::parse(text); },
      "Be the server of the room, at http://ADDRESS:PORT/signal/ROOM and by WHIP");
  listen->type_name("ADDRESS:PORT")->excludes(url)->check([](const std::string& text) {
    return floe::TransportAddress::parse(text) ? std::string() : text + " is not ADDRESS:PORT";
  });
  app.add_option("--room", options.room, "The room of its own")->capture_default_str();
  app.add_option("--documents", options.documents, "Directory of a page to serve")
      ->check(CLI::ExistingDirectory)
      ->needs(listen);
  app.add_option("--name", options.name, "How others in the room see it")->capture_default_str();
  app.add_option("--token", options.token, "For the signalling server; with --listen, of clients")
      ->envname("FLOE_TOKEN");
  app.add_option("--bind", options.bind, "Use this address, and only those named")
      ->check([](const std::string& text) {
        return floe::IpAddress::parse(text) ? std::string() : text + " is not an IP address";
      });
  floe::options::declare_candidate_servers(app, options.servers);
  floe::options::declare_tls_ca(app, options.tls_ca_file);
  app.add_flag("-v,--verbose", options.verbose, "Log more on standard error");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (options.url.empty() && !options.listen) {
    return refuse("there is no room: name its URL, or be its server by --listen 127.0.0.1:8080");
  }
  return run(options);
}
