#include "config_file.h"

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>

#include "floe/types/text.h"

namespace floe::gateway {
namespace {

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  ConfigFile read() {
    try {
      read_table("", toml::parse_file(file_));
    } catch (const toml::parse_error& error) {
      result_.mistake = place_of(error.source()) + ": " + std::string(error.description());
    }
    // toml++ gives the keys of a table by name.
    std::ranges::stable_sort(items_, {}, &Placed::line);
    for (Placed& placed : items_) result_.items.push_back(std::move(placed.item));
    return std::move(result_);
  }

 private:
  struct Placed {
    toml::source_index line;
    ConfigItem item;
  };

  std::string place_of(const toml::source_region& source) const {
    return file_ + ":" + std::to_string(source.begin.line);
  }

  void refuse(const toml::node& node, const std::string& what) {
    if (result_.mistake.empty()) result_.mistake = place_of(node.source()) + ": " + what;
  }

  void read_table(const std::string& name, const toml::table& table) {
    for (const auto& [key, node] : table) {
      const std::string text(key.str());
      const toml::table* inner = node.as_table();
      if (inner == nullptr) {
        read_item(name, text, node);
      } else if (name.empty()) {
        read_table(text, *inner);
      } else {
        refuse(node, concat({"tables do not nest, and ", text, " is one in ", name}));
      }
    }
  }

  void read_item(const std::string& table, const std::string& key, const toml::node& node) {
    ConfigItem item{.table = table, .key = key, .values = {}, .place = place_of(node.source())};
    item.is_list = node.is_array();
    const toml::array* list = node.as_array();
    const std::size_t count = list != nullptr ? list->size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      const toml::node& value = list != nullptr ? (*list)[i] : node;
      if (i > 0 && type_of(value) != item.type) {
        return refuse(value, key + ": the values of a list are of one type");
      }
      if (!read_value(value, item)) {
        return refuse(value, key + ": a value is a text in quotes, a whole number, true or false");
      }
    }
    items_.push_back({node.source().begin.line, std::move(item)});
  }

  static ConfigType type_of(const toml::node& node) {
    if (node.is_integer()) return ConfigType::integer;
    return node.is_boolean() ? ConfigType::boolean : ConfigType::text;
  }

  static bool read_value(const toml::node& node, ConfigItem& item) {
    item.type = type_of(node);
    if (const auto* text = node.as_string()) {
      item.values.push_back(text->get());
    } else if (const auto* number = node.as_integer()) {
      item.values.push_back(std::to_string(number->get()));
    } else if (const auto* flag = node.as_boolean()) {
      item.values.emplace_back(flag->get() ? "true" : "false");
    } else {
      return false;
    }
    return true;
  }

  const std::string& file_;
  std::vector<Placed> items_;
  ConfigFile result_;
};

}  // namespace

ConfigFile read_config_file(const std::string& file) {
  return Reader(file).read();
}

}  // namespace floe::gateway
