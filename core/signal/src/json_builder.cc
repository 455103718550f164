#include "json_builder.h"

#include <algorithm>

namespace floe::signal {

bool JsonBuilder::fail(JsonErrorCode code) {
  if (!error_) error_ = code;
  return false;
}

std::uint32_t JsonBuilder::append(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(tree_->arena.size());
  tree_->arena.append(text);
  return begin;
}

void JsonBuilder::set_name(std::string_view name) {
  name_begin_ = append(name);
  name_size_ = static_cast<std::uint32_t>(name.size());
}

bool JsonBuilder::add_scalar(JsonType type, std::string_view text, bool truth) {
  JsonNode node;
  node.type = type;
  node.truth = truth;
  node.text_begin = append(text);
  node.text_size = static_cast<std::uint32_t>(text.size());
  return add(node);
}

bool JsonBuilder::open(JsonType type) {
  if (open_.size() >= limits_.depth_max) return fail(JsonErrorCode::too_deep);
  JsonNode node;
  node.type = type;
  const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
  if (!add(node)) return false;
  open_.push_back({index, JsonNode::kNone});
  return true;
}

bool JsonBuilder::close() {
  const std::uint32_t closed = open_.back().node;
  open_.pop_back();
  return has_duplicate_names(closed) ? fail(JsonErrorCode::duplicate_name) : true;
}

bool JsonBuilder::add(JsonNode node) {
  List<JsonNode>& nodes = tree_->nodes;
  if (nodes.size() >= limits_.nodes_max) return fail(JsonErrorCode::too_many_values);
  const auto index = static_cast<std::uint32_t>(nodes.size());
  if (!open_.empty()) {
    Open& parent = open_.back();
    if (nodes[parent.node].type == JsonType::object) {
      node.name_begin = name_begin_;
      node.name_size = name_size_;
    }
    std::uint32_t& link = parent.last_child == JsonNode::kNone
                              ? nodes[parent.node].first_child
                              : nodes[parent.last_child].next_sibling;
    link = index;
    parent.last_child = index;
    ++nodes[parent.node].child_count;
  }
  nodes.push_back(node);
  return true;
}

// Sorted once per object, so that a thousand names cost no million comparisons; as a heap, which
// takes a third of the code of the other sorts.
bool JsonBuilder::has_duplicate_names(std::uint32_t object) {
  const JsonValue value(*tree_, object);
  if (!value.is_object() || value.size() < 2) return false;
  names_.clear();
  for (const JsonValue member : value) names_.push_back(member.name());
  std::ranges::make_heap(names_);
  std::ranges::sort_heap(names_);
  return std::ranges::adjacent_find(names_) != names_.end();
}

}  // namespace floe::signal
