// A configuration file in TOML: keys with values, and the lines where they stand.
//
// It knows no option: `Settings` decides what a key means. Tables only group keys, so that a file
// reads well; they do not nest.
#pragma once

#include <string>
#include <vector>

namespace floe::gateway {

enum class ConfigType {
  text,
  integer,
  boolean,
};

struct ConfigItem {
  std::string table;  ///< empty: the key stands before all tables
  std::string key;
  ConfigType type = ConfigType::text;
  bool is_list = false;
  std::vector<std::string> values;  ///< one, unless it is a list
  std::string place;                ///< FILE:LINE
};

struct ConfigFile {
  std::vector<ConfigItem> items;  ///< in the order of their lines
  std::string mistake;            ///< "FILE:LINE: what is wrong"; empty: nothing
};

ConfigFile read_config_file(const std::string& file);

}  // namespace floe::gateway
