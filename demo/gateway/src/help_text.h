// The help of the command: one screen by --help, everything by --help-all.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace floe::gateway {

/// The group of an option that --help leaves out.
std::string rare(const std::string& group);
/// The group's title: without what rare() has added.
std::string group_title(const std::string& group);

/// Options by group, each in lines of at most kWidth columns.
class HelpText final : public CLI::Formatter {
 public:
  static constexpr std::size_t kWidth = 100;

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;

 private:
  static std::string option_lines(const CLI::Option& option);
};

}  // namespace floe::gateway
