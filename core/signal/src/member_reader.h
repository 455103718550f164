// Takes the members of one message, keeps the first error in them, and counts the members that the
// parser did not ask for.
//
// So the parser of a message is just a list of its members; it calls error() once, at the end. null
// is the same as absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/json/value.h"
#include "floe/signal/message_error.h"

namespace floe::signal {

class MemberReader {
 public:
  explicit MemberReader(json::Value object) : object_(object) {}

  /// Nothing when it is absent or null.
  std::optional<json::Value> find(std::string_view name);
  /// The same, but absence is an error.
  std::optional<json::Value> require(std::string_view name, MessageError missing);

  /// Empty when it is absent.
  std::string_view text(std::string_view name, std::size_t size_max, MessageError bad);
  bool flag(std::string_view name, MessageError bad);

  /// The text of a found value, with a size in the range; otherwise empty, with the error `bad`.
  std::string_view check_text(const json::Value& value, std::size_t size_min, std::size_t size_max,
                              MessageError bad);

  /// Later errors do not replace the first.
  void fail(MessageError error);
  std::optional<MessageError> error() const { return error_; }
  std::uint32_t ignored_members() const {
    return static_cast<std::uint32_t>(object_.size()) - known_members_;
  }

 private:
  json::Value object_;
  std::uint32_t known_members_ = 0;
  std::optional<MessageError> error_;
};

}  // namespace floe::signal
