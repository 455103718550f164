#include "stun_probe.h"

#include <algorithm>

#include "floe/probes/answer_lines.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_answer.h"

namespace floe::probes {
namespace {

/// A person waits for the answer, so the limit is five sends within 9.5 seconds, or 9.5 seconds
/// over a connection.
constexpr Duration kStunPatience = std::chrono::milliseconds(9500);

stun::TransactionOptions transaction_options(const ServerOptions& server) {
  return {.send_count_max = 5, .is_reliable = turn::is_stream(server.transport)};
}

}  // namespace

StunProbe::StunProbe(BlockingHost& host, const StunOptions& options)
    : options_(options),
      host_(host),
      access_(host_, options_.server),
      client_(host_.api().crypto, options_.credentials),
      transaction_(client_, host_.api().random, stun::Method::binding, {},
                   transaction_options(options_.server)) {}

StunAnswer StunProbe::run() {
  if (const auto error = access_.open(1)) {
    fail(*error);
    return answer_;
  }
  access_.on_arrival = [this](std::size_t, const Datagram& datagram) { receive_bytes(datagram); };
  if (access_.is_stream()) give_up_at_ = host_.now() + kStunPatience;
  transaction_.start(host_.now());
  pump();
  while (!is_over_) {
    access_.wait(std::min(transaction_.deadline(), give_up_at_));
    if (!is_over_) {
      transaction_.handle_timeout(host_.now());
      pump();
    }
    if (!is_over_ && access_.is_stream()) give_up();
  }
  return answer_;
}

void StunProbe::receive_bytes(const Datagram& datagram) {
  if (datagram.remote != access_.server()) return;
  if (!access_.is_stream()) return receive(datagram.payload);
  stream_.append(datagram.payload);
  while (const auto frame = stream_.next()) receive(*frame);
}

/// The connection has closed, or brought no answer, or bytes that are not STUN.
void StunProbe::give_up() {
  const std::string_view lost = access_.lost(0);
  std::string why;
  if (stream_.broken()) {
    why = "the answer is not STUN";
  } else if (!lost.empty()) {
    why = lost;
  } else if (host_.now() >= give_up_at_) {
    why = "it does not answer";
  } else {
    return;
  }
  fail(access_.server_text() + " is connected, but is of no use: " + why +
       ". Check the port, or ask another server");
}

void StunProbe::receive(Bytes bytes) {
  if (is_over_) return;
  const auto message = stun::MessageView::parse(bytes);
  if (!message) return;
  transaction_.handle_response(host_.now(), *message);
  if (transaction_.state() == State::answered) report(*message);
  pump();
}

/// Sends the request when it is due, and gives up when the transaction has failed.
void StunProbe::pump() {
  if (const auto request = transaction_.poll_output()) {
    sent_at_ = host_.now();
    access_.send(0, access_.server(), *request);
  }
  if (transaction_.state() == State::refused) {
    fail(access_.server_text() + " is of no use: " + std::string(to_text(transaction_.refusal())) +
         (stun::is_about_credentials(transaction_.refusal())
              ? ". Check --user and --pass, or ask another server"
              : ". Ask another server, or its operator"));
  } else if (transaction_.state() == State::timed_out) {
    fail(transaction_.was_heard()
             ? access_.server_text() + " is of no use: " + std::string(transaction_.silence()) +
                   ". The fault is the server's, or a device on the way changes its "
                   "answers: ask another server"
             : "nothing came back from " + access_.server_text() +
                   ": UDP is blocked on the way, or no STUN server is there. Check "
                   "the address, or ask another server");
  }
}

void StunProbe::report(const stun::MessageView& answer) {
  const auto read = stun::BindingAnswer::read(answer);
  if (read.error) {
    return fail(access_.server_text() + " refuses: " + std::to_string(read.error->code) +
                ". Ask another server");
  }
  if (read.flaw) {
    return fail(access_.server_text() + " is of no use: " + read.flaw + ". Ask another server");
  }
  if (const auto software = answer.get<stun::Software>()) answer_.software = software->text;
  answer_.server = access_.server_text();
  answer_.transport = access_.transport_text();
  answer_.local = access_.local(0);
  answer_.mapped = *read.mapped;
  answer_.round_trip = host_.now() - sent_at_;
  is_over_ = true;
}

void StunProbe::fail(const std::string& text) {
  answer_.error = text;
  is_over_ = true;
}

StunAnswer ask_stun(BlockingHost& host, const StunOptions& options) {
  return StunProbe(host, options).run();
}

int print(Console& console, bool json, const StunAnswer& answer) {
  if (!answer.error.empty()) return print_error(console, json, answer.error);
  AnswerLines lines(json);
  lines.add("Server", "server", answer.server);
  lines.add("Transport", "transport", answer.transport);
  lines.add("Software", "software", answer.software);
  lines.add("Local", "local", answer.local.to_text());
  lines.add("Mapped", "mapped", answer.mapped.to_text());
  lines.add("NAT", "nat", answer.mapped != answer.local);
  lines.add_milliseconds("Round trip", "roundTripMs", answer.round_trip.count());
  lines.print(console);
  return 0;
}

}  // namespace floe::probes
