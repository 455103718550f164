#include "builder.h"

#include <algorithm>

namespace floe::json {

bool Builder::fail(ErrorCode code) {
  if (!error_) error_ = code;
  return false;
}

std::uint32_t Builder::append(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(tree_->arena.size());
  tree_->arena.append(text);
  return begin;
}

void Builder::set_name(std::string_view name) {
  name_begin_ = append(name);
  name_size_ = static_cast<std::uint32_t>(name.size());
}

bool Builder::add_scalar(Type type, std::string_view text, bool truth) {
  Node node;
  node.type = type;
  node.truth = truth;
  node.text_begin = append(text);
  node.text_size = static_cast<std::uint32_t>(text.size());
  return add(node);
}

bool Builder::open(Type type) {
  if (open_.size() >= limits_.depth_max) return fail(ErrorCode::too_deep);
  Node node;
  node.type = type;
  const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
  if (!add(node)) return false;
  open_.push_back({index, Node::kNone});
  return true;
}

Type Builder::open_type() const {
  return open_.empty() ? Type::null : tree_->nodes[open_.back().node].type;
}

bool Builder::close() {
  const std::uint32_t closed = open_.back().node;
  open_.pop_back();
  return has_duplicate_names(closed) ? fail(ErrorCode::duplicate_name) : true;
}

bool Builder::add(Node node) {
  List<Node>& nodes = tree_->nodes;
  if (nodes.size() >= limits_.values_max) return fail(ErrorCode::too_many_values);
  const auto index = static_cast<std::uint32_t>(nodes.size());
  if (!open_.empty()) {
    Open& parent = open_.back();
    if (nodes[parent.node].type == Type::object) {
      node.name_begin = name_begin_;
      node.name_size = name_size_;
    }
    std::uint32_t& link = parent.last_child == Node::kNone ? nodes[parent.node].first_child
                                                           : nodes[parent.last_child].next_sibling;
    link = index;
    parent.last_child = index;
    ++nodes[parent.node].child_count;
  }
  nodes.push_back(node);
  return true;
}

// The names are sorted once per object, so that a thousand names do not cost a million comparisons.
// Heap sort takes a third of the code of the other sorts.
bool Builder::has_duplicate_names(std::uint32_t object) {
  const Value value(*tree_, object);
  if (!value.is_object() || value.size() < 2) return false;
  names_.clear();
  for (const Value member : value) names_.push_back(member.name());
  std::ranges::make_heap(names_);
  std::ranges::sort_heap(names_);
  return std::ranges::adjacent_find(names_) != names_.end();
}

}  // namespace floe::json
