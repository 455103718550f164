#include "nat_probe.h"

#include "floe/probes/answer_lines.h"

namespace floe::probes {
namespace {

std::string text_of(const std::optional<TransportAddress>& address) {
  return address ? address->to_text() : std::string();
}

}  // namespace

NatAnswer NatProbe::run() {
  if (const auto error = access_.open(2)) return {.error = *error, .server = {}, .report = {}};
  nat::BehaviorDiscovery discovery({access_.server(), access_.local(0)}, host_.api().random);
  access_.on_arrival = [&](std::size_t socket, const Datagram& datagram) {
    discovery.handle_datagram(host_.now(),
                              socket == 0 ? nat::ProbeSocket::main : nat::ProbeSocket::second,
                              datagram.remote, datagram.payload);
    drain(discovery);
  };
  discovery.start(host_.now());
  drain(discovery);
  while (!discovery.finished()) {
    access_.wait(discovery.deadline());
    discovery.handle_timeout(host_.now());
    drain(discovery);
  }
  access_.on_arrival = nullptr;
  return {.error = {}, .server = access_.server_text(), .report = discovery.report()};
}

void NatProbe::drain(nat::BehaviorDiscovery& discovery) {
  while (const auto output = discovery.poll_output()) {
    access_.send(output->socket == nat::ProbeSocket::main ? 0 : 1, output->to, output->bytes);
  }
}

NatAnswer ask_nat(BlockingHost& host, const ServerOptions& options) {
  return NatProbe(host, options).run();
}

int print(Console& console, bool json, const NatAnswer& answer) {
  if (!answer.error.empty()) return print_error(console, json, answer.error);
  const nat::BehaviorReport& report = answer.report;
  AnswerLines lines(json);
  lines.add("Server", "server", answer.server);
  lines.add("Local", "local", report.local.to_text());
  lines.add("Mapped", "mapped", text_of(report.mapped));
  lines.add("Connectivity", "connectivity", to_text(report.connectivity));
  lines.add("Mapping", "mapping", to_text(report.mapping));
  lines.add("Filtering", "filtering", to_text(report.filtering));
  lines.add("Hairpinning", "hairpinning", to_text(report.hairpinning));
  lines.add("RFC 3489", "classicType", to_text(nat::classic_type(report)));
  if (json) {
    lines.add({}, "serverSupport", to_text(report.support));
    lines.add({}, "otherAddress", text_of(report.other));
    lines.add({}, "rewritesAddresses", report.rewrites_addresses);
  }
  lines.add_sentence("text", nat::describe(report));
  lines.print(console);
  return report.connectivity == nat::Connectivity::works ? 0 : 1;
}

}  // namespace floe::probes
