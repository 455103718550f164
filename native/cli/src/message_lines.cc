#include "message_lines.h"

#include <algorithm>

#include "floe/signal/message_codec.h"

namespace floe::cli {
namespace {

/// The fragment that names a message's generation; null for messages of none.
const std::string* ufrag_of(const signal::Message& message) {
  if (const auto* body = std::get_if<signal::Description>(&message))
    return &body->credentials.ufrag;
  if (const auto* body = std::get_if<signal::CandidateMessage>(&message)) return &body->ufrag;
  if (const auto* body = std::get_if<signal::EndOfCandidates>(&message)) return &body->ufrag;
  if (const auto* body = std::get_if<signal::CandidateRemoved>(&message)) return &body->ufrag;
  return nullptr;
}

GenerationLines& generation_of(MessageLines& lines, const std::string& ufrag, std::size_t line) {
  const auto found = std::ranges::find_if(lines.generations, [&](const GenerationLines& one) {
    return one.credentials.ufrag == ufrag;
  });
  if (found != lines.generations.end()) return *found;
  return lines.generations.emplace_back(GenerationLines{{ufrag, {}}, line, {}});
}

std::string sentence(std::size_t line, std::string_view text) {
  return "line " + std::to_string(line) + ": " + std::string(text);
}

/// A report of `floe agent`, whose output has both.
bool is_report(std::string_view line) {
  return line.starts_with(R"({"event":)");
}

void read_line(MessageLines& lines, std::string_view text, std::size_t number) {
  const auto parsed = signal::parse_message(text);
  if (!parsed) {
    const std::string what = sentence(number, signal::to_text(parsed.error()));
    if (parsed.error() == signal::MessageError::unknown_type || is_report(text)) {
      lines.skipped.push_back(what);
    } else {
      lines.error = what;
    }
    return;
  }
  const std::string* ufrag = ufrag_of(parsed->message);
  if (ufrag == nullptr) {
    const std::string type(signal::type_of(parsed->message));
    lines.skipped.push_back(sentence(number, "SDP has no word for the message \"" + type + "\""));
    return;
  }
  GenerationLines& generation = generation_of(lines, *ufrag, number);
  if (const auto* body = std::get_if<signal::Description>(&parsed->message)) {
    generation.credentials.password = body->credentials.password;
    if (body->candidates_skipped > 0) {
      lines.skipped.push_back(sentence(
          number, std::to_string(body->candidates_skipped) + " entries of `candidates` are none"));
    }
  }
  generation.messages.push_back(parsed->message);
}

}  // namespace

MessageLines read_message_lines(std::string_view text) {
  MessageLines lines;
  for (std::size_t number = 1; !text.empty() && !lines.error; ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) read_line(lines, line, number);
  }
  return lines;
}

}  // namespace floe::cli
