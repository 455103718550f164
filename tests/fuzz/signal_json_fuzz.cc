// Any text is read within bounds or refused. A value that was read is written again unchanged, and
// a message that was understood is the same after it was written and read.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>

#include "floe/json/document.h"
#include "floe/json/writer.h"
#include "floe/signal/message_codec.h"

namespace {

using namespace floe;
using namespace floe::signal;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_values(const json::Value& value, std::size_t depth) {
  require(depth <= json::Limits{}.depth_max);
  std::size_t count = 0;
  for (const json::Value child : value) {
    if (value.is_object()) require(value.member(child.name()).has_value());
    check_values(child, depth + (child.is_object() || child.is_array() ? 1 : 0));
    ++count;
  }
  require(count == value.size());
}

void check_document(const json::Document& document, std::string_view text) {
  const json::Value root = document.root();
  check_values(root, root.is_object() || root.is_array() ? 1 : 0);
  const std::string written = json::Writer().value(root).take();
  require(written.size() <= text.size());
  const auto again = json::Document::parse(written);
  require(again.has_value());
  require(json::Writer().value(again->root()).take() == written);
}

/// As it reads when it was written again: without the entries that could not be read.
Message without_skipped(Message message) {
  if (auto* description = std::get_if<Description>(&message)) description->candidates_skipped = 0;
  return message;
}

void check_messages(const json::Value& root) {
  if (const auto message = parse_message(root)) {
    const auto again = parse_message(write_message(message->message));
    require(again.has_value());
    require(again->message == without_skipped(message->message));
  }
  if (const auto message = parse_room_message(root)) {
    const auto again = parse_room_message(write_room_message(message->message));
    require(again.has_value());
    require(again->message == message->message);
  }
  if (const auto envelope = parse_envelope(root)) {
    const auto again = json::Document::parse(write_message(Bye{}, *envelope));
    require(again.has_value());
    require(*parse_envelope(again->root()) == *envelope);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  if (const auto document = json::Document::parse(text)) {
    check_document(*document, text);
    check_messages(document->root());
  } else {
    require(document.error().position <= text.size());
  }
  // The same bytes as a string to send.
  const auto wrapped =
      json::Document::parse(json::Writer().string(text).take(), {.text_size_max = 8 * size + 2});
  require(wrapped.has_value());
  return 0;
}
