// A JSON text (RFC 8259), parsed into a flat tree whose size was bounded before it was read.
//
// Stricter than the RFC where two readers could understand a text differently: a name that occurs
// twice in an object is an error, since the server and the peer might each believe another one.
// Numbers keep their text, so what passes through is re-emitted unchanged.
//
// Memory: one node of 36 bytes a value, and one string with all texts. Nesting is no recursion.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "floe/signal/json_value.h"
#include "floe/signal/limits.h"
#include "floe/types/result.h"

namespace floe::signal {

enum class JsonErrorCode : std::uint8_t {
  text_too_long,
  bad_utf8,
  syntax,            ///< not JSON, or something follows it
  number_too_large,  ///< beyond the range of a double
  too_deep,
  too_many_values,
  duplicate_name,  ///< a member occurs twice in one object
};

std::string_view to_text(JsonErrorCode code);

struct JsonError {
  JsonErrorCode code = JsonErrorCode::syntax;
  std::uint32_t position = 0;  ///< bytes read when it was noticed: just behind the culprit

  bool operator==(const JsonError&) const = default;
};

struct JsonLimits {
  std::size_t text_size_max = kMessageSizeMax;
  std::size_t nodes_max = kJsonNodesMax;
  std::size_t depth_max = kJsonDepthMax;  ///< objects and arrays inside each other; [[]] is 2
};

class JsonDocument {
 public:
  static Result<JsonDocument, JsonError> parse(std::string_view text,
                                               const JsonLimits& limits = {});

  JsonValue root() const { return {*tree_, 0}; }

 private:
  explicit JsonDocument(std::unique_ptr<const JsonTree> tree) : tree_(std::move(tree)) {}

  std::unique_ptr<const JsonTree> tree_;  // on the heap: values point to it
};

}  // namespace floe::signal
