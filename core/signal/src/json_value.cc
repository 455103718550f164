#include "floe/signal/json_value.h"

#include <charconv>

namespace floe::signal {

std::optional<bool> JsonValue::boolean() const {
  if (type() != JsonType::boolean) return std::nullopt;
  return node().truth;
}

std::optional<std::string_view> JsonValue::string() const {
  if (type() != JsonType::string) return std::nullopt;
  return text_of(node().text_begin, node().text_size);
}

std::optional<std::string_view> JsonValue::number_text() const {
  if (type() != JsonType::number) return std::nullopt;
  return text_of(node().text_begin, node().text_size);
}

std::optional<std::int64_t> JsonValue::integer() const {
  const auto text = number_text();
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const char* const text_end = text->data() + text->size();
  const auto [end, error] = std::from_chars(text->data(), text_end, value);
  if (error != std::errc{} || end != text_end) return std::nullopt;
  return value;
}

std::optional<JsonValue> JsonValue::member(std::string_view name) const {
  if (!is_object()) return std::nullopt;
  for (const JsonValue child : *this) {
    if (child.name() == name) return child;
  }
  return std::nullopt;
}

std::string_view JsonValue::name() const {
  return text_of(node().name_begin, node().name_size);
}

}  // namespace floe::signal
