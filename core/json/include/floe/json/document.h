// A JSON text (RFC 8259), parsed into a flat tree whose size was bounded before it was read.
//
// Stricter than the RFC where two readers could understand a text differently: a name that occurs
// twice in an object is an error, since the server and the peer might each use a different one.
// Numbers keep their text, so a number that passes through is written again unchanged.
//
// Memory: one node of 36 bytes a value, and one string with all texts. Nesting needs no recursion.
#pragma once

#include <memory>
#include <string_view>

#include "floe/json/error.h"
#include "floe/json/limits.h"
#include "floe/json/value.h"
#include "floe/types/result.h"

namespace floe::json {

class Document {
 public:
  static Result<Document, Error> parse(std::string_view text, const Limits& limits = {});

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Value root() const { return {*tree_, 0}; }

 private:
  explicit Document(std::unique_ptr<const Tree> tree);

  std::unique_ptr<const Tree> tree_;  // on the heap: values point to it
};

}  // namespace floe::json
