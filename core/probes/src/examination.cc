#include "examination.h"

#include <algorithm>

#include "floe/driver/server_lookup.h"
#include "floe/probes/nat.h"
#include "floe/probes/stun.h"
#include "floe/probes/turn.h"
#include "meeting_check.h"
#include "milliseconds.h"
#include "size_check.h"
#include "udp_check.h"

namespace floe::probes {
namespace {

/// A host tells its addresses within this time.
constexpr Duration kAddressesPatience = std::chrono::seconds(2);

class Lookup final : private ServerLookupListener {
 public:
  Lookup(BlockingHost& host, const Server& server) : lookup_(server, *this) {
    lookup_.start(host.api().resolver);
    while (!is_over_) host.wait(kNever);
  }
  const ServerLookup& result() const { return lookup_; }

 private:
  void on_server_looked_up(const ServerLookup&) override { is_over_ = true; }
  bool is_over_ = false;
  ServerLookup lookup_;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

}  // namespace

Diagnosis Examination::run() {
  check_addresses();
  check_udp();
  check_names();
  for (const Server& server : options_.servers) {
    server.uri.is_turn() ? check_turn(server) : check_stun(server);
  }
  check_nat();
  check_size();
  check_meeting();
  diagnosis_.advice = advise(symptoms_);
  return std::move(diagnosis_);
}

void Examination::check_addresses() {
  const NetworkMonitor& network = host_.api().network;
  const Timestamp end = host_.now() + kAddressesPatience;
  while (!network.addresses() && host_.now() < end) host_.wait(end);
  std::vector<std::string> texts;
  for (const InterfaceAddress& one :
       network.addresses().value_or(std::vector<InterfaceAddress>())) {
    texts.push_back(one.ip.to_text() + " (" + one.interface_name +
                    (one.is_tunnel ? ", a tunnel)" : ")"));
  }
  symptoms_.has_address = !texts.empty();
  if (texts.empty()) {
    return find("Addresses", Verdict::fails, "this machine has none but its loopback address");
  }
  find("Addresses", Verdict::works, joined(texts));
}

void Examination::check_udp() {
  const auto addresses = host_.api().network.addresses();
  IpAddress ip = IpAddress::loopback(Family::ipv4);
  if (addresses && !addresses->empty()) ip = addresses->front().ip;
  if (options_.bind) ip = *options_.bind;
  const UdpResult result = UdpCheck(host_, ip).run();
  symptoms_.passes_udp = result.error.empty();
  if (!symptoms_.passes_udp) {
    return find("UDP", Verdict::fails, "on " + ip.to_text() + ": " + result.error);
  }
  find("UDP", Verdict::works,
       "a datagram passed on " + ip.to_text() + " in " + milliseconds(result.took));
}

void Examination::check_names() {
  std::vector<std::string> seen;
  for (const Server& server : options_.servers) {
    const std::string& name = server.uri.host;
    if (IpAddress::parse(name) || std::ranges::count(seen, name) > 0) continue;
    seen.push_back(name);
    const Timestamp begun = host_.now();
    const Lookup lookup(host_, server);
    std::vector<std::string> addresses;
    for (const auto& address : lookup.result().addresses()) {
      addresses.push_back(address.ip.to_text());
    }
    if (addresses.empty()) {
      find("Name", Verdict::fails, name + ": " + std::string(lookup.result().error()));
    } else {
      find("Name", Verdict::works,
           name + " is " + joined(addresses) + ", in " + milliseconds(host_.now() - begun));
    }
  }
}

ServerOptions Examination::options_for(const Server& server) const {
  ServerOptions options;
  options.server = server.uri;
  options.bind = options_.bind;
  options.transport = transport_of(server.uri);
  return options;
}

void Examination::check_stun(const Server& server) {
  const ServerOptions options = options_for(server);
  const bool is_udp = options.transport == turn::Transport::udp;
  const StunAnswer answer = ask_stun(host_, {options, {server.username, server.password}});
  if (is_udp) ++symptoms_.stun.asked;
  if (!answer.error.empty()) return find(server.uri.text, Verdict::fails, answer.error);
  if (is_udp) {
    ++symptoms_.stun.worked;
    if (!stun_) stun_ = options;
  }
  const bool is_behind_nat = answer.mapped != answer.local;
  find(server.uri.text, Verdict::works,
       "sees " + answer.mapped.to_text() + (is_behind_nat ? ", the address of a NAT" : ", no NAT") +
           ", in " + milliseconds(answer.round_trip));
}

void Examination::check_turn(const Server& server) {
  const ServerOptions options = options_for(server);
  Served& served = options.transport == turn::Transport::udp ? symptoms_.turn_over_udp
                                                             : symptoms_.turn_over_streams;
  ++served.asked;
  if (!server.uri.relay_transport()) {
    return find(server.uri.text, Verdict::fails, "TURN over DTLS is not supported");
  }
  const TurnAnswer answer = ask_turn(host_, {options, {server.username, server.password}});
  if (!answer.error.empty()) return find(server.uri.text, Verdict::fails, answer.error);
  ++served.worked;
  std::string text = "relays at " + answer.relayed.front().to_text() + " over " +
                     std::string(answer.transport) + ", allocated in " +
                     milliseconds(answer.allocate);
  if (answer.echo) text += ", there and back in " + milliseconds(*answer.echo);
  if (!answer.problem.empty()) text += ". " + answer.problem;
  find(server.uri.text, answer.problem.empty() ? Verdict::works : Verdict::doubtful, text);
}

void Examination::check_nat() {
  if (!stun_) return find("NAT", Verdict::skipped, "needs a STUN server that answers over UDP");
  const NatAnswer answer = ask_nat(host_, *stun_);
  if (!answer.error.empty()) return find("NAT", Verdict::fails, answer.error);
  symptoms_.mapping = answer.report.mapping;
  const bool is_known = answer.report.mapping != nat::Mapping::unknown;
  find("NAT", is_known ? Verdict::works : Verdict::doubtful, nat::describe(answer.report));
}

void Examination::check_size() {
  if (!stun_) {
    return find("Datagram size", Verdict::skipped, "needs a STUN server that answers over UDP");
  }
  symptoms_.largest_datagram = SizeCheck(host_, *stun_).run();
  if (!symptoms_.largest_datagram) {
    return find("Datagram size", Verdict::doubtful, "the server answers no large request");
  }
  const std::size_t size = *symptoms_.largest_datagram;
  find("Datagram size", size < kUsefulDatagram ? Verdict::doubtful : Verdict::works,
       std::to_string(size) + " bytes pass to the server");
}

void Examination::check_meeting() {
  GatherOptions options;
  options.servers = options_.servers;
  options.loopback = !symptoms_.has_address;
  if (options_.bind) {
    options.accepts = [bind = *options_.bind](const InterfaceAddress& one) {
      return one.ip == bind;
    };
    options.loopback = options_.bind->is_loopback();
  }
  const MeetingResult result = MeetingCheck(host_, options).run();
  symptoms_.meets_itself = result.error.empty();
  if (!symptoms_.meets_itself) return find("Connecting", Verdict::fails, result.error);
  find("Connecting", Verdict::works,
       "two agents here met in " + milliseconds(result.took) + ": " + result.pair);
}

void Examination::find(std::string subject, Verdict verdict, std::string text) {
  diagnosis_.findings.push_back({std::move(subject), verdict, std::move(text)});
  on_finding_(diagnosis_.findings.back());
}

}  // namespace floe::probes
