#include "http_response.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace floe::native {
namespace {

constexpr std::size_t kPieceSize = 16 * 1024;
constexpr int kReaderTimeoutSeconds = 20;  // to take one piece

// Sent with every answer: caches ask again, browsers do not guess types, other sites cannot frame
// the page, and its address (whose fragment may hold a token) is not sent to them.
constexpr std::array<std::pair<const char*, std::string_view>, 4> kHeaders = {{
    {"cache-control:", "no-cache"},
    {"x-content-type-options:", "nosniff"},
    {"x-frame-options:", "DENY"},
    {"referrer-policy:", "no-referrer"},
}};

constexpr std::uint16_t kNoContent = 204;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// `name` ends with a colon.
bool add_header(lws* wsi, const char* name, std::string_view value, unsigned char** at,
                unsigned char* end) {
  return lws_add_http_header_by_name(wsi, bytes_of(name), bytes_of(value),
                                     static_cast<int>(value.size()), at, end) == 0;
}

}  // namespace

HttpResponse::HttpResponse(HttpDocument document)
    : status_(document.status),
      content_type_(std::move(document.content_type)),
      headers_(std::move(document.headers)),
      body_(std::move(document.body)),
      size_(body_.size()) {}

HttpResponse::HttpResponse(StaticFile file)
    : status_(200), content_type_(file.content_type), file_(std::move(file.fd)), size_(file.size) {}

bool HttpResponse::write_common_headers(lws* wsi, unsigned char** at, unsigned char* end) const {
  // RFC 9110, section 8.6: "A server MUST NOT send a Content-Length header field in any response
  // with a status code of […] 204 (No Content)."
  if (status_ == kNoContent) return lws_add_http_header_status(wsi, status_, at, end) == 0;
  return lws_add_http_common_headers(wsi, status_, content_type_.c_str(), size_, at, end) == 0;
}

bool HttpResponse::write_head(lws* wsi) {
  std::array<unsigned char, LWS_PRE + 2048> buffer;
  unsigned char* const start = buffer.data() + LWS_PRE;
  unsigned char* p = start;
  unsigned char* const end = buffer.data() + buffer.size();
  if (!write_common_headers(wsi, &p, end)) return false;
  for (const auto& [name, value] : kHeaders) {
    if (!add_header(wsi, name, value, &p, end)) return false;
  }
  for (const auto& [name, value] : headers_) {
    if (!add_header(wsi, (name + ":").c_str(), value, &p, end)) return false;
  }
  return lws_finalize_write_http_header(wsi, start, &p, end) == 0;
}

int HttpResponse::begin(lws* wsi, bool head_only) {
  if (!write_head(wsi)) return -1;
  if (head_only) sent_ = size_;
  if (is_finished()) return lws_http_transaction_completed(wsi) != 0 ? -1 : 0;
  lws_callback_on_writable(wsi);
  return 0;
}

std::size_t HttpResponse::read_body(std::uint8_t* out, std::size_t room) {
  const std::size_t count = std::min<std::uint64_t>(room, size_ - sent_);
  if (!file_.is_open()) {
    std::memcpy(out, body_.data() + sent_, count);
    return count;
  }
  const ssize_t result = pread(file_.get(), out, count, static_cast<off_t>(sent_));
  return result > 0 ? static_cast<std::size_t>(result) : 0;
}

int HttpResponse::continue_body(lws* wsi) {
  std::array<std::uint8_t, LWS_PRE + kPieceSize> buffer;
  const std::size_t count = read_body(buffer.data() + LWS_PRE, kPieceSize);
  if (count == 0) return -1;  // the file became shorter than the length that was announced
  sent_ += count;
  lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, kReaderTimeoutSeconds);
  const auto kind = is_finished() ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP;
  if (lws_write(wsi, buffer.data() + LWS_PRE, count, kind) < 0) return -1;
  if (is_finished()) return lws_http_transaction_completed(wsi) != 0 ? -1 : 0;
  lws_callback_on_writable(wsi);
  return 0;
}

}  // namespace floe::native
