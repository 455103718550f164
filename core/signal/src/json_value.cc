#include "floe/signal/json_value.h"

#include "floe/types/decimal.h"

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
  std::string_view digits = number_text().value_or("");
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.remove_prefix(1);
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  const auto value = parse_decimal(digits, is_negative ? kMax + 1 : kMax);
  if (!value) return std::nullopt;
  // Negated as unsigned, because the least integer has no positive twin.
  return static_cast<std::int64_t>(is_negative ? 0 - *value : *value);
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
