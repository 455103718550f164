// The services that a peer offers, by their names.
//
// In one string, because each kind of container has code of its own and a page loads all of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace floe::signal {

class Offers {
 public:
  Offers() = default;
  explicit Offers(const std::vector<std::string>& names);
  static Offers from_text(std::string_view text);

  void add(std::string_view name) { text_.append(name).push_back(' '); }
  bool has(std::string_view name) const;
  bool empty() const { return text_.empty(); }

  /// Each name with a space behind it: no valid name has one.
  std::string_view text() const { return text_; }
  std::vector<std::string_view> names() const;
  /// Takes the first name out of `text`, which has one at least.
  static std::string_view take_name(std::string_view& text);

  bool operator==(const Offers&) const = default;

 private:
  std::string text_;
};

}  // namespace floe::signal
