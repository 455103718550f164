#include "floe/signal/offers.h"

#include <algorithm>

namespace floe::signal {

Offers::Offers(const std::vector<std::string>& names) {
  for (const std::string& name : names) add(name);
}

Offers Offers::from_text(std::string_view text) {
  Offers offers;
  offers.text_ = text;
  return offers;
}

std::string_view Offers::take_name(std::string_view& text) {
  const std::string_view name = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(name.size() + 1, text.size()));
  return name;
}

std::vector<std::string_view> Offers::names() const {
  std::vector<std::string_view> names;
  for (std::string_view rest = text_; !rest.empty();) names.push_back(take_name(rest));
  return names;
}

bool Offers::has(std::string_view name) const {
  const auto all = names();
  return std::ranges::find(all, name) != all.end();
}

}  // namespace floe::signal
