#include "help_text.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

#include "floe/types/text.h"

namespace floe::gateway {
namespace {

constexpr std::string_view kRare = " (rare)";
constexpr std::size_t kNameColumns = 32;

/// Text in lines up to HelpText::kWidth, the first of which begins at `column`.
std::string wrapped(const std::string& text, std::size_t column) {
  std::istringstream words(text);
  std::string out;
  std::string word;
  std::size_t at = column;
  while (words >> word) {
    if (at > kNameColumns && at + 1 + word.size() > HelpText::kWidth) {
      out += "\n" + std::string(kNameColumns, ' ');
      at = kNameColumns;
    }
    if (at > kNameColumns) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
  }
  return out + "\n";
}

/// "ADDRESS:PORT"; CLI11 adds the limits of a number: "UINT:INT in [1 - 9]".
std::string value_name(const CLI::Option& option) {
  std::string name = option.get_type_name();
  if (name.starts_with("UINT") || name.starts_with("INT")) name = "N";
  if (name.ends_with(":FILE") || name == "FILE") name = "FILE";
  if (name.ends_with(":DIR") || name == "DIR") name = "DIR";
  if (name.starts_with("TEXT:")) name = name.substr(5);
  return name;
}

}  // namespace

std::string rare(const std::string& group) {
  return group + std::string(kRare);
}

std::string group_title(const std::string& group) {
  return group.ends_with(kRare) ? group.substr(0, group.size() - kRare.size()) : group;
}

std::string HelpText::option_lines(const CLI::Option& option) {
  std::string left = "  " + option.get_name(false, true);
  if (option.get_expected_max() > 0) left += " " + value_name(option);
  if (option.get_expected_max() > 1) left += " ...";
  std::string text = option.get_description();
  if (!option.get_default_str().empty()) text += " [" + option.get_default_str() + "]";
  if (left.size() + 2 > kNameColumns) {
    return left + "\n" + std::string(kNameColumns, ' ') + wrapped(text, kNameColumns);
  }
  left.resize(kNameColumns, ' ');
  return left + wrapped(text, kNameColumns);
}

std::string HelpText::make_help(const CLI::App* app, std::string, CLI::AppFormatMode mode) const {
  const bool all = mode == CLI::AppFormatMode::All;
  std::vector<std::string> titles;
  for (const std::string& group : app->get_groups()) {
    const std::string title = group_title(group);
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
  }
  // The first option is --help itself; its group goes to the end.
  if (!titles.empty()) std::rotate(titles.begin(), titles.begin() + 1, titles.end());
  std::string out = app->get_description() + "\nUsage: floe-gateway [OPTIONS]\n";
  for (const std::string& title : titles) {
    std::string lines;
    for (const CLI::Option* option : app->get_options()) {
      const std::string& group = option->get_group();
      if (group == title || (all && group == rare(title))) lines += option_lines(*option);
    }
    if (!lines.empty()) out += concat({"\n", title, ":\n", lines});
  }
  return out + "\n" + app->get_footer() + "\n";
}

}  // namespace floe::gateway
