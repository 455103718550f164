// Receives what a JSON reader finds, value by value, and builds the bounded tree of it.
//
// Driven by one pass of the reader, which stops when any function returns false. The nesting is a
// small stack here, so depth costs no recursion.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "floe/signal/json_document.h"
#include "floe/types/list.h"

namespace floe::signal {

class JsonBuilder {
 public:
  explicit JsonBuilder(const JsonLimits& limits) : limits_(limits) {}

  bool add_scalar(JsonType type, std::string_view text = {}, bool truth = false);
  bool open(JsonType type);
  bool close();
  /// The name of the member that comes next.
  void set_name(std::string_view name);
  /// Keeps the first error; always false, to be returned.
  bool fail(JsonErrorCode code);

  std::optional<JsonErrorCode> error() const { return error_; }
  std::unique_ptr<JsonTree> take() { return std::move(tree_); }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child;
  };

  bool add(JsonNode node);
  bool has_duplicate_names(std::uint32_t object);
  std::uint32_t append(std::string_view text);

  JsonLimits limits_;
  std::unique_ptr<JsonTree> tree_ = std::make_unique<JsonTree>();
  List<Open> open_;
  List<std::string_view> names_;
  std::uint32_t name_begin_ = 0;
  std::uint32_t name_size_ = 0;
  std::optional<JsonErrorCode> error_;
};

}  // namespace floe::signal
