// Why a configuration is refused: an error for the program, and a sentence for the log.
#pragma once

#include <string>

#include "floe/c/error.h"

namespace floe::c {

struct Refusal {
  floe_error error;
  std::string why;  ///< names the member, and says what it must be
};

}  // namespace floe::c
