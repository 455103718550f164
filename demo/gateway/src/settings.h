// Where the options of the command get their values: from flags, else from variables of the
// environment, else from the configuration file, else they keep their defaults.
//
// The options of CLI11 are the one list of what there is. A key of the file is an option's long
// name, and its variable is FLOE_GATEWAY_ and the name in capitals; both are checked and converted
// by the option itself. A value that a stronger one replaces must be right all the same.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config_file.h"
#include "reloaded_options.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace floe::gateway {

class Settings {
 public:
  /// The app has all its options, and outlives the settings. The option --config names the file.
  explicit Settings(CLI::App& app) : app_(app) {}

  /// Gives the options their values. Throws CLI::ParseError as App::parse() does.
  void parse(int argc, const char* const* argv);

  /// `mistake`, which names an option as --option, with the place before it where the option was
  /// set, unless that is the command line.
  std::string located(const std::string& mistake) const;

  /// All options that have a value, as a configuration file that says where each is from.
  std::string to_toml() const;

  /// The values by the options' names, without those from defaults.
  GivenOptions given() const;

 private:
  struct Given {
    std::vector<std::string> values;
    std::string place;
  };

  void apply_file(const std::string& file);
  void apply_environment();
  void apply(CLI::Option& option, std::vector<std::string> values, const std::string& place);
  std::string write_value(const CLI::Option& option, const std::vector<std::string>& values) const;

  CLI::App& app_;
  std::map<std::string, Given> below_flags_;  // by the options' names
};

/// The long name of an option, without dashes; empty: it has none.
std::string name_of(const CLI::Option& option);

}  // namespace floe::gateway
