#include "member_reader.h"

namespace floe::signal {

void MemberReader::fail(MessageError error) {
  if (!error_) error_ = error;
}

std::optional<json::Value> MemberReader::find(std::string_view name) {
  const auto value = object_.member(name);
  if (!value) return std::nullopt;
  ++known_members_;
  return value->is_null() ? std::nullopt : value;
}

std::optional<json::Value> MemberReader::require(std::string_view name, MessageError missing) {
  const auto value = find(name);
  if (!value) fail(missing);
  return value;
}

std::string_view MemberReader::check_text(const json::Value& value, std::size_t size_min,
                                          std::size_t size_max, MessageError bad) {
  const auto text = value.string();
  if (text && text->size() >= size_min && text->size() <= size_max) return *text;
  fail(bad);
  return {};
}

std::string_view MemberReader::text(std::string_view name, std::size_t size_max, MessageError bad) {
  const auto value = find(name);
  return value ? check_text(*value, 0, size_max, bad) : std::string_view();
}

bool MemberReader::flag(std::string_view name, MessageError bad) {
  const auto value = find(name);
  if (!value) return false;
  if (!value->boolean()) fail(bad);
  return value->boolean().value_or(false);
}

}  // namespace floe::signal
