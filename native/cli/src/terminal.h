// The console of the commands: standard output and standard error.
#pragma once

#include "floe/probes/blocking_host.h"

namespace floe::cli {

class Terminal final : public probes::Console {
 public:
  void print(std::string_view text) override;
  void print_error(std::string_view text) override;
};

}  // namespace floe::cli
