#include "sdp_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <cstdio>

#include "floe/native/system_random.h"
#include "floe/probes/answer_lines.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "message_lines.h"
#include "session_number.h"
#include "terminal.h"

namespace floe::cli {
namespace {

/// All of standard input, or its first `size_max` bytes and one more.
std::string read_input(std::size_t size_max) {
  std::string text;
  std::array<char, 64 * 1024> buffer;
  while (text.size() <= size_max) {
    const ssize_t size = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return text;
}

void print(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stdout);
}

char first_letter(std::string_view text) {
  const auto at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? '\0' : text[at];
}

/// RFC 8840: a fragment begins with attributes or an m-line. A description begins with its version.
bool looks_like_fragment(std::string_view text) {
  const char first = first_letter(text);
  return first == 'a' || first == 'm';
}

}  // namespace

void declare(CLI::App& app, SdpOptions& options) {
  using Target = SdpOptions::Target;
  app.footer(
      "Reads standard input: messages, one JSON object a line, or SDP. Without an option it writes "
      "the other.\nWhat cannot be used is skipped and told on standard error.");
  CLI::Option* to_sdp = app.add_flag_callback(
      "--to-sdp", [&options] { options.target = Target::sdp; },
      "The input is messages: write a session description (RFC 8839) for each generation, with all "
      "its candidates");
  app.add_flag_callback(
         "--to-messages", [&options] { options.target = Target::messages; },
         "The input is SDP, or a fragment of it: write messages")
      ->excludes(to_sdp);
  app.add_flag("--fragment", options.fragment,
               "The SDP is application/trickle-ice-sdpfrag (RFC 8840), not a whole description");
  app.add_flag("--answer", options.answer,
               "The description is an answer, whose setup says who begins DTLS: active or passive");
  app.add_option("--password", options.password,
                 "The ice-pwd to write into a fragment when no description among the messages has "
                 "it");
}

int SdpCommand::run() {
  const std::string text = read_input(kInputSizeMax);
  if (text.size() > kInputSizeMax) return fail("the input is longer than 1 MiB");
  if (first_letter(text) == '\0') {
    return fail("the input is empty: it must be messages, one JSON object a line, or SDP");
  }
  const bool are_messages = options_.target == SdpOptions::Target::detect
                                ? first_letter(text) == '{'
                                : options_.target == SdpOptions::Target::sdp;
  return are_messages ? write_sdp(text) : write_messages(text);
}

int SdpCommand::write_messages(std::string_view text) {
  const bool is_fragment = options_.fragment || looks_like_fragment(text);
  const auto read = is_fragment ? sdp::parse_fragment(text) : sdp::parse_description(text);
  if (!read) return fail(to_text(read.error()));
  note(read->skipped);
  const auto messages = is_fragment ? sdp::trickled_messages(read->description)
                                    : sdp::to_messages(read->description, type());
  if (!messages) return fail(to_text(messages.error()));
  if (messages->empty()) note("the SDP has nothing of ICE: no message");
  for (const signal::Message& message : *messages) {
    const std::string line = signal::write_message(message);
    if (line.size() > signal::kMessageSizeMax) {
      note("a message has " + std::to_string(line.size()) +
           " bytes; readers refuse more than 16384");
    }
    print(line + "\n");
  }
  return 0;
}

int SdpCommand::write_sdp(std::string_view text) {
  MessageLines lines = read_message_lines(text);
  for (const std::string& what : lines.skipped) note(what);
  if (lines.error) return fail(*lines.error);
  native::SystemRandom random;
  const sdp::DataSession session{.id = session_number(random), .version = 1, .type = type()};
  bool is_first = true;
  for (GenerationLines& generation : lines.generations) {
    if (generation.credentials.password.empty())
      generation.credentials.password = options_.password;
    const auto made = options_.fragment
                          ? sdp::to_fragment(generation.credentials, generation.messages)
                          : sdp::to_description(generation.messages, session);
    if (!made) {
      const bool needs_password = options_.fragment && generation.credentials.password.empty();
      return fail("line " + std::to_string(generation.first_line) + ", username fragment " +
                  generation.credentials.ufrag + ": " +
                  (needs_password ? "a fragment has a password: put its description first, or use "
                                    "--password"
                                  : to_text(made.error())));
    }
    note(made->skipped);
    if (!is_first) print("\r\n");
    is_first = false;
    print(options_.fragment ? sdp::write_fragment(made->description)
                            : sdp::write_description(made->description));
  }
  return 0;
}

sdp::SdpType SdpCommand::type() const {
  return options_.answer ? sdp::SdpType::answer : sdp::SdpType::offer;
}

void SdpCommand::note(const sdp::Problems& skipped) {
  for (const sdp::Problem& problem : skipped.kept()) note(to_text(problem));
  const std::size_t others = skipped.count() - skipped.kept().size();
  if (others > 0) note("and " + std::to_string(others) + " more");
}

void SdpCommand::note(std::string_view text) {
  Terminal terminal;
  probes::print_error(terminal, false, "skipped: " + std::string(text));
}

int SdpCommand::fail(std::string_view text) {
  Terminal terminal;
  return probes::print_error(terminal, false, text);
}

}  // namespace floe::cli
