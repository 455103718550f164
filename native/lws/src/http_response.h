// One answer to an HTTP request.
#pragma once

#include <libwebsockets.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "floe/native/http_server.h"
#include "static_files.h"

namespace floe::native {

/// Writes the head at once and the body in pieces whenever the connection takes more, from memory
/// or from an open file: a slow reader of a large file costs one descriptor, not the file.
class HttpResponse {
 public:
  explicit HttpResponse(HttpDocument document);
  explicit HttpResponse(StaticFile file);

  std::uint16_t status() const { return status_; }

  /// Both return the value for the libwebsockets callback to return. `head_only` answers HEAD.
  int begin(lws* wsi, bool head_only);
  int continue_body(lws* wsi);
  bool is_finished() const { return sent_ == size_; }

 private:
  bool write_head(lws* wsi);
  bool write_common_headers(lws* wsi, unsigned char** at, unsigned char* end) const;
  std::size_t read_body(std::uint8_t* out, std::size_t room);

  std::uint16_t status_;
  std::string content_type_;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::string body_;
  UniqueFd file_;
  std::uint64_t size_;
  std::uint64_t sent_ = 0;
};

}  // namespace floe::native
