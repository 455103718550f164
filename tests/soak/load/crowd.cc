#include "crowd.h"

#include <algorithm>
#include <fstream>

namespace floe::soak {

Crowd::Crowd(native::SystemHost& host, const Plan& plan)
    : peers_(plan.peer_ip, plan.peers),
      company_{.host = host,
               .plan = plan,
               .books = books_,
               .run = static_cast<std::uint32_t>(host.api().random.next_u64()),
               .peers = peers_.addresses(),
               .tokens = {},
               .random = std::minstd_rand(1)} {
  read_tokens();
  for (std::uint32_t i = 0; i < plan.clients; ++i) clients_.emplace_back(company_, i);
}

void Crowd::read_tokens() {
  if (company_.plan.tokens.empty()) return;
  std::ifstream file(company_.plan.tokens);
  company_.tokens.clear();
  for (std::string line; std::getline(file, line);) company_.tokens.push_back(line);
}

Flow Crowd::sum() const {
  Flow flow = books_.ended;
  for (const SoakClient& client : clients_) flow.add(client.flow());
  return flow;
}

std::string Crowd::report() {
  const Flow flow = sum();
  json::Writer out;
  out.begin_object();
  out.name("clients").unsigned_integer(clients_.size());
  out.name("open").integer(std::ranges::count_if(clients_, &SoakClient::is_open));
  out.name("sent").unsigned_integer(flow.sent);
  out.name("received").unsigned_integer(flow.received);
  out.name("endedMissing").integer(books_.ended_missing);
  out.name("wrong").unsigned_integer(books_.wrong);
  out.name("stale").unsigned_integer(books_.stale);
  out.name("damaged").unsigned_integer(books_.damaged);
  out.name("attempts").unsigned_integer(books_.attempts);
  out.name("opened").unsigned_integer(books_.opened);
  out.name("ends").begin_object();
  for (const auto& [why, count] : books_.ends) out.name(why).unsigned_integer(count);
  out.end_object();
  write(out.name("droppedByClients"), flow.by_client);
  write(out.name("droppedByGateway"), flow.by_gateway);
  books_.round_trips.write(out.name("roundTripMs"));
  books_.openings.write(out.name("openingMs"));
  out.name("peersReceived").unsigned_integer(peers_.received());
  out.name("peersReturned").unsigned_integer(peers_.returned());
  out.end_object();
  return out.take();
}

}  // namespace floe::soak
