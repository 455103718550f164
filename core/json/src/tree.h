// The flat tree of one parsed text: nodes that name each other by index, and one string with all
// texts.
#pragma once

#include <cstdint>
#include <string>

#include "floe/json/value.h"
#include "floe/types/list.h"

namespace floe::json {

/// One value. Its name and its text are ranges of Tree::arena.
struct Node {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  Type type = Type::null;
  bool truth = false;            ///< of a boolean
  std::uint32_t name_begin = 0;  ///< of an object's member
  std::uint32_t name_size = 0;
  std::uint32_t text_begin = 0;  ///< of a string, or of a number as it was written
  std::uint32_t text_size = 0;
  std::uint32_t first_child = kNone;
  std::uint32_t next_sibling = kNone;
  std::uint32_t child_count = 0;
};

struct Tree {
  List<Node> nodes;  ///< the root first, parents before their children
  std::string arena;
};

}  // namespace floe::json
