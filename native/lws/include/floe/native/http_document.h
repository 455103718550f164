// A small answer to a request over HTTP.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace floe::native {

struct HttpDocument {
  std::uint16_t status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body = {};
  /// Further ones, each a name in small letters and a value, 1 KiB together.
  std::vector<std::pair<std::string, std::string>> headers = {};
};

}  // namespace floe::native
