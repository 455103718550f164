// Builds the tree of a text from its values, and refuses more than the limits allow.
//
// The reader calls it once for each value, in the order of the text, and stops when a function
// returns false. Open objects and arrays are on a small stack here, so depth costs no recursion.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "floe/json/error.h"
#include "floe/json/limits.h"
#include "floe/types/list.h"
#include "tree.h"

namespace floe::json {

class Builder {
 public:
  explicit Builder(const Limits& limits) : limits_(limits) {}

  bool add_scalar(Type type, std::string_view text = {}, bool truth = false);
  bool open(Type type);
  bool close();
  /// The type of the innermost open object or array; null while none is open.
  Type open_type() const;
  /// The name of the member that comes next.
  void set_name(std::string_view name);
  /// Keeps the first error; always false, to be returned.
  bool fail(ErrorCode code);

  std::optional<ErrorCode> error() const { return error_; }
  std::unique_ptr<Tree> take() { return std::move(tree_); }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child;
  };

  bool add(Node node);
  bool has_duplicate_names(std::uint32_t object);
  std::uint32_t append(std::string_view text);

  Limits limits_;
  std::unique_ptr<Tree> tree_ = std::make_unique<Tree>();
  List<Open> open_;
  List<std::string_view> names_;
  std::uint32_t name_begin_ = 0;
  std::uint32_t name_size_ = 0;
  std::optional<ErrorCode> error_;
};

}  // namespace floe::json
