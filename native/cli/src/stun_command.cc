#include "stun_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "answer_lines.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_answer.h"

namespace floe::cli {
namespace {

/// A person waits for the answer, so the limit is five sends within 9.5 seconds, or 9.5 seconds
/// over a connection.
constexpr Duration kPatience = 9500ms;
stun::TransactionOptions transaction_options(const ServerOptions& server) {
  return {.send_count_max = 5, .is_reliable = turn::is_stream(server.transport)};
}

}  // namespace

void declare(CLI::App& app, StunOptions& options) {
  declare(app, options.server, ServerKind::stun);
  app.add_option("--user", options.credentials.username, "For a server that asks for one");
  app.add_option("--pass", options.credentials.password, "The password of --user")
      ->envname("FLOE_STUN_PASSWORD");
}

StunCommand::StunCommand(const StunOptions& options)
    : options_(options),
      host_(host_options(options.server)),
      access_(host_, options_.server),
      client_(host_.api().crypto, options_.credentials),
      transaction_(client_, host_.api().random, stun::Method::binding, {},
                   transaction_options(options_.server)) {}

int StunCommand::run() {
  if (const auto error = access_.open(1)) return fail(*error);
  access_.on_arrival = [this](std::size_t, const Datagram& datagram) { receive_bytes(datagram); };
  if (access_.is_stream()) give_up_at_ = host_.loop().now() + kPatience;
  transaction_.start(host_.loop().now());
  pump();
  while (!exit_status_) {
    access_.wait(std::min(transaction_.deadline(), give_up_at_));
    if (!exit_status_) {
      transaction_.handle_timeout(host_.loop().now());
      pump();
    }
    if (!exit_status_ && access_.is_stream()) give_up();
  }
  return *exit_status_;
}

void StunCommand::receive_bytes(const Datagram& datagram) {
  if (datagram.remote != access_.server()) return;
  if (!access_.is_stream()) return receive(datagram.payload);
  stream_.append(datagram.payload);
  while (const auto frame = stream_.next()) receive(*frame);
}

/// The connection has closed, or brought no answer, or bytes that are not STUN.
void StunCommand::give_up() {
  const std::string_view lost = access_.lost(0);
  std::string why;
  if (stream_.broken()) {
    why = "the answer is not STUN";
  } else if (!lost.empty()) {
    why = lost;
  } else if (host_.loop().now() >= give_up_at_) {
    why = "it does not answer";
  } else {
    return;
  }
  exit_status_ = fail(access_.server_text() + " is connected, but is of no use: " + why +
                      ". Check the port, or ask another server");
}

void StunCommand::receive(Bytes bytes) {
  if (exit_status_) return;
  const auto message = stun::MessageView::parse(bytes);
  if (!message) return;
  transaction_.handle_response(host_.loop().now(), *message);
  if (transaction_.state() == State::answered) exit_status_ = report(*message);
  pump();
}

/// Sends the request when it is due, and gives up when the transaction has failed.
void StunCommand::pump() {
  if (const auto request = transaction_.poll_output()) {
    sent_at_ = host_.loop().now();
    access_.send(0, access_.server(), *request);
  }
  if (transaction_.state() == State::refused) {
    exit_status_ = fail(access_.server_text() +
                        " is of no use: " + std::string(to_text(transaction_.refusal())) +
                        (stun::is_about_credentials(transaction_.refusal())
                             ? ". Check --user and --pass, or ask another server"
                             : ". Ask another server, or its operator"));
  } else if (transaction_.state() == State::timed_out) {
    exit_status_ =
        fail(transaction_.was_heard()
                 ? access_.server_text() + " is of no use: " + std::string(transaction_.silence()) +
                       ". The fault is the server's, or a device on the way changes its "
                       "answers: ask another server"
                 : "nothing came back from " + access_.server_text() +
                       ": UDP is blocked on the way, or no STUN server is there. Check "
                       "the address, or ask another server");
  }
}

int StunCommand::report(const stun::MessageView& answer) {
  const auto read = stun::BindingAnswer::read(answer);
  if (read.error) {
    return fail(access_.server_text() + " refuses: " + std::to_string(read.error->code) +
                ". Ask another server");
  }
  if (read.flaw) {
    return fail(access_.server_text() + " is of no use: " + read.flaw + ". Ask another server");
  }
  const auto software = answer.get<stun::Software>();
  AnswerLines lines(options_.server.json);
  lines.add("Server", "server", access_.server_text());
  lines.add("Transport", "transport", access_.transport_text());
  lines.add("Software", "software", software ? software->text : std::string_view());
  lines.add("Local", "local", access_.local(0).to_text());
  lines.add("Mapped", "mapped", read.mapped->to_text());
  lines.add("NAT", "nat", *read.mapped != access_.local(0));
  lines.add_milliseconds("Round trip", "roundTripMs", (host_.loop().now() - sent_at_).count());
  lines.print();
  return 0;
}

int StunCommand::fail(const std::string& text) {
  print_error(options_.server.json, text);
  return 1;
}

}  // namespace floe::cli
