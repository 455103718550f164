#include "settings.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "floe/types/text.h"
#include "help_text.h"

namespace floe::gateway {
namespace {

constexpr std::string_view kConfigOption = "--config";
constexpr const char* kConfigVariable = "FLOE_GATEWAY_CONFIG";

/// The file must be known before the command line is parsed, because flags come after it.
std::string config_file_of(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == kConfigOption && i + 1 < argc) return argv[i + 1];
    if (argument.starts_with(kConfigOption) && argument.substr(kConfigOption.size(), 1) == "=") {
      return std::string(argument.substr(kConfigOption.size() + 1));
    }
  }
  const char* file = std::getenv(kConfigVariable);
  return file != nullptr ? file : std::string();
}

std::string variable_of(const std::string& name) {
  std::string variable = "FLOE_GATEWAY_";
  for (const char c : name) {
    variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
}

bool is_flag(const CLI::Option& option) {
  return option.get_expected_max() == 0;
}

bool is_list(const CLI::Option& option) {
  return option.get_expected_max() > 1;
}

bool is_number(const CLI::Option& option) {
  return option.get_type_name().starts_with("UINT") || option.get_type_name().starts_with("INT");
}

ConfigType type_of(const CLI::Option& option) {
  if (is_flag(option)) return ConfigType::boolean;
  return is_number(option) ? ConfigType::integer : ConfigType::text;
}

std::string_view description_of(ConfigType type) {
  switch (type) {
    case ConfigType::text:
      return "a text in quotes";
    case ConfigType::integer:
      return "a whole number, without quotes";
    case ConfigType::boolean:
      return "true or false, without quotes";
  }
  return {};
}

std::string table_of(const CLI::Option& option) {
  std::string table = group_title(option.get_group());
  for (char& c : table) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return table;
}

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
  throw CLI::ValidationError(place + ": " + what, CLI::ExitCodes::ConfigError);
}

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts;
  for (const std::string& part : CLI::detail::split(text, ',')) {
    parts.push_back(CLI::detail::trim_copy(part));
  }
  return parts;
}

/// The one option that the item sets.
CLI::Option& option_of(CLI::App& app, const ConfigItem& item) {
  CLI::Option* option = app.get_option_no_throw("--" + item.key);
  if (option == nullptr || name_of(*option) != item.key) {
    refuse(item.place, "there is no option " + item.key + "; --help-all lists them all");
  }
  if (!option->get_configurable()) {
    refuse(item.place, item.key + " is for the command line, not for a file");
  }
  if (!item.table.empty() && item.table != table_of(*option)) {
    refuse(item.place,
           item.key + " belongs to [" + table_of(*option) + "], not to [" + item.table + "]");
  }
  if (item.is_list && !is_list(*option)) {
    refuse(item.place, item.key + " takes one value, not a list");
  }
  if (item.type != type_of(*option) && !item.values.empty()) {
    refuse(item.place, item.key + " is " + std::string(description_of(type_of(*option))));
  }
  return *option;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string name_of(const CLI::Option& option) {
  return option.get_lnames().empty() ? std::string() : option.get_lnames().front();
}

void Settings::parse(int argc, const char* const* argv) {
  const std::string file = config_file_of(argc, argv);
  if (!file.empty()) apply_file(file);
  apply_environment();
  app_.parse(argc, argv);
}

void Settings::apply_file(const std::string& file) {
  const ConfigFile config = read_config_file(file);
  if (!config.mistake.empty()) {
    throw CLI::ValidationError(config.mistake, CLI::ExitCodes::ConfigError);
  }
  std::map<std::string, std::string> places;
  for (const ConfigItem& item : config.items) {
    const auto [place, is_new] = places.emplace(item.key, item.place);
    if (!is_new) refuse(item.place, item.key + " is already set at " + place->second);
    apply(option_of(app_, item), item.values, item.place);
  }
}

void Settings::apply_environment() {
  for (CLI::Option* option : app_.get_options()) {
    const std::string name = name_of(*option);
    if (name.empty() || !option->get_configurable()) continue;
    const std::string variable = variable_of(name);
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr || *value == '\0') continue;
    apply(*option, is_list(*option) ? split_at_commas(value) : std::vector<std::string>{value},
          variable);
  }
}

/// Afterwards the option has no results of its own again: what it is bound to has the value, which
/// is now what the command line replaces.
void Settings::apply(CLI::Option& option, std::vector<std::string> values,
                     const std::string& place) {
  try {
    option.clear();
    option.add_result(values);
    if (!values.empty()) option.run_callback();
  } catch (const CLI::ParseError& error) {
    std::string what = error.what();
    if (what.starts_with("--")) what = what.substr(2);
    refuse(place, what);
  }
  option.clear();
  below_flags_.insert_or_assign(name_of(option), Given{std::move(values), place});
}

std::string Settings::located(const std::string& mistake) const {
  for (std::size_t at = mistake.find("--"); at != mistake.npos; at = mistake.find("--", at + 2)) {
    const std::size_t end = mistake.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at + 2);
    const std::string name = mistake.substr(at + 2, end == mistake.npos ? end : end - at - 2);
    const auto given = below_flags_.find(name);
    if (given == below_flags_.end() || app_.get_option("--" + name)->count() > 0) continue;
    return given->second.place + ": " + mistake;
  }
  return mistake;
}

GivenOptions Settings::given() const {
  GivenOptions all;
  for (const auto& [name, given] : below_flags_) all.emplace(name, given.values);
  for (const CLI::Option* option : app_.get_options()) {
    if (option->count() > 0) all.insert_or_assign(name_of(*option), option->results());
  }
  return all;
}

std::string Settings::to_toml() const {
  std::string out;
  std::vector<std::string> tables;  // TOML has each once; several groups may be in one
  for (const CLI::Option* option : app_.get_options()) {
    const std::string table = table_of(*option);
    if (std::ranges::find(tables, table) == tables.end()) tables.push_back(table);
  }
  for (const std::string& table : tables) {
    bool is_begun = false;
    for (const CLI::Option* option : app_.get_options()) {
      const std::string name = name_of(*option);
      if (table_of(*option) != table || name.empty() || !option->get_configurable()) continue;
      const auto below = below_flags_.find(name);
      std::string from = "default";
      std::vector<std::string> values;
      if (option->count() > 0) {
        values = option->results();
        from = "command line";
      } else if (below != below_flags_.end()) {
        values = below->second.values;
        from = below->second.place;
      } else if (!option->get_default_str().empty()) {
        values = {option->get_default_str()};
      } else if (is_flag(*option)) {
        values = {"false"};
      } else {
        continue;
      }
      if (!std::exchange(is_begun, true)) {
        out += concat({out.empty() ? "[" : "\n[", table, "]\n"});
      }
      out += concat({name, " = ", write_value(*option, values), "  # ", from, "\n"});
    }
  }
  return out;
}

std::string Settings::write_value(const CLI::Option& option,
                                  const std::vector<std::string>& values) const {
  const auto write_one = [&](const std::string& value) {
    if (is_flag(option)) return std::string(value == "false" ? "false" : "true");
    return is_number(option) ? value : quoted(value);
  };
  if (!is_list(option)) return write_one(values.back());
  std::string out = "[";
  for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + write_one(value);
  return out + "]";
}

}  // namespace floe::gateway
