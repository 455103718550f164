#include "floe/json/value.h"

#include "floe/types/decimal.h"
#include "tree.h"

namespace floe::json {

const Node& Value::node() const {
  return tree_->nodes[index_];
}

std::string_view Value::text() const {
  return std::string_view(tree_->arena).substr(node().text_begin, node().text_size);
}

std::string_view Value::name() const {
  return std::string_view(tree_->arena).substr(node().name_begin, node().name_size);
}

Type Value::type() const {
  return node().type;
}

std::size_t Value::size() const {
  return node().child_count;
}

std::optional<bool> Value::boolean() const {
  if (type() != Type::boolean) return std::nullopt;
  return node().truth;
}

std::optional<std::string_view> Value::string() const {
  if (type() != Type::string) return std::nullopt;
  return text();
}

std::optional<std::string_view> Value::number_text() const {
  if (type() != Type::number) return std::nullopt;
  return text();
}

std::optional<std::int64_t> Value::integer() const {
  std::string_view digits = number_text().value_or("");
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.remove_prefix(1);
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  const auto value = parse_decimal(digits, is_negative ? kMax + 1 : kMax);
  if (!value) return std::nullopt;
  // Negated as unsigned, because the least integer has no positive counterpart.
  return static_cast<std::int64_t>(is_negative ? 0 - *value : *value);
}

std::optional<Value> Value::member(std::string_view name) const {
  if (!is_object()) return std::nullopt;
  for (const Value child : *this) {
    if (child.name() == name) return child;
  }
  return std::nullopt;
}

Value::Iterator Value::begin() const {
  return {*tree_, node().first_child};
}

Value::Iterator Value::end() const {
  return {*tree_, Node::kNone};
}

Value::Iterator& Value::Iterator::operator++() {
  index_ = tree_->nodes[index_].next_sibling;
  return *this;
}

}  // namespace floe::json
