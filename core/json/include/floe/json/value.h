// A parsed JSON value: a view into a Document, as cheap to copy as a pointer.
//
// Every accessor returns nothing when the value is of another kind, so reading an untrusted text is
// safe. A value is valid as long as its document, even when the document is moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace floe::json {

struct Node;
struct Tree;

enum class Type : std::uint8_t { null, boolean, number, string, array, object };

class Value {
 public:
  class Iterator;

  /// The value at `index` of a document's tree. Only the reader makes values.
  Value(const Tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  Type type() const;
  bool is_null() const { return type() == Type::null; }
  bool is_object() const { return type() == Type::object; }
  bool is_array() const { return type() == Type::array; }

  std::optional<bool> boolean() const;
  std::optional<std::string_view> string() const;
  /// A number exactly as it was written.
  std::optional<std::string_view> number_text() const;
  /// A number without fraction and exponent that fits.
  std::optional<std::int64_t> integer() const;

  /// A member of an object.
  std::optional<Value> member(std::string_view name) const;
  /// The name of an object's member; empty for every other value.
  std::string_view name() const;

  /// Elements of an array, members of an object; nothing for every other value.
  Iterator begin() const;
  Iterator end() const;
  std::size_t size() const;

 private:
  const Node& node() const;
  std::string_view text() const;

  const Tree* tree_;
  std::uint32_t index_;
};

class Value::Iterator {
 public:
  Iterator(const Tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}
  Value operator*() const { return {*tree_, index_}; }
  Iterator& operator++();
  bool operator==(const Iterator& other) const { return index_ == other.index_; }

 private:
  const Tree* tree_;
  std::uint32_t index_;
};

}  // namespace floe::json
