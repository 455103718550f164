// A parsed JSON value: a view into a JsonDocument, as cheap to copy as a pointer.
//
// Every accessor answers with nothing when the value is of another kind, so reading what a stranger
// sent cannot go wrong. Values live as long as the document's tree, also when the document moves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/types/list.h"

namespace floe::signal {

enum class JsonType : std::uint8_t { null, boolean, number, string, array, object };

/// One value in the flat tree; texts are ranges of the arena.
struct JsonNode {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  JsonType type = JsonType::null;
  bool truth = false;            ///< of a boolean
  std::uint32_t name_begin = 0;  ///< of an object's member
  std::uint32_t name_size = 0;
  std::uint32_t text_begin = 0;  ///< of a string, or of a number as it was written
  std::uint32_t text_size = 0;
  std::uint32_t first_child = kNone;
  std::uint32_t next_sibling = kNone;
  std::uint32_t child_count = 0;
};

struct JsonTree {
  List<JsonNode> nodes;  ///< the root first, parents before their children
  std::string arena;
};

class JsonValue {
 public:
  class Iterator;

  JsonValue(const JsonTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  JsonType type() const { return node().type; }
  bool is_null() const { return type() == JsonType::null; }
  bool is_object() const { return type() == JsonType::object; }
  bool is_array() const { return type() == JsonType::array; }

  std::optional<bool> boolean() const;
  std::optional<std::string_view> string() const;
  /// A number exactly as it was written.
  std::optional<std::string_view> number_text() const;
  /// A number without fraction and exponent that fits.
  std::optional<std::int64_t> integer() const;

  /// A member of an object.
  std::optional<JsonValue> member(std::string_view name) const;
  /// What an object's member is called; empty for everything else.
  std::string_view name() const;

  /// Elements of an array, members of an object; nothing for everything else.
  Iterator begin() const;
  Iterator end() const;
  std::size_t size() const { return node().child_count; }

 private:
  const JsonNode& node() const { return tree_->nodes[index_]; }
  std::string_view text_of(std::uint32_t begin, std::uint32_t size) const {
    return std::string_view(tree_->arena).substr(begin, size);
  }

  const JsonTree* tree_;
  std::uint32_t index_;
};

class JsonValue::Iterator {
 public:
  Iterator(const JsonTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}
  JsonValue operator*() const { return {*tree_, index_}; }
  Iterator& operator++() {
    index_ = tree_->nodes[index_].next_sibling;
    return *this;
  }
  bool operator==(const Iterator& other) const { return index_ == other.index_; }

 private:
  const JsonTree* tree_;
  std::uint32_t index_;
};

inline JsonValue::Iterator JsonValue::begin() const {
  return {*tree_, node().first_child};
}
inline JsonValue::Iterator JsonValue::end() const {
  return {*tree_, JsonNode::kNone};
}

}  // namespace floe::signal
