#include "request_framing.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace floe::native {
namespace {

constexpr std::uint16_t kBadRequest = 400;
constexpr std::uint16_t kNotImplemented = 501;
constexpr std::size_t kKeySize = 24;  // of 16 bytes in base64

/// Empty when the field is not there or longer than any that is compared here.
class Field {
 public:
  Field(lws* wsi, lws_token_indexes token) {
    const int size = lws_hdr_copy(wsi, text_.data(), static_cast<int>(text_.size()), token);
    if (size > 0) size_ = static_cast<std::size_t>(size);
  }
  std::string_view text() const { return {text_.data(), size_}; }

 private:
  std::array<char, 64> text_{};
  std::size_t size_ = 0;
};

bool occurs(lws* wsi, lws_token_indexes token) {
  return lws_hdr_total_length(wsi, token) > 0;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Names that libwebsockets does not know, with the colon.
void look_for_space(const char* name, int size, void* found) {
  const std::string_view text(name, static_cast<std::size_t>(size));
  if (text.find_first_of(" \t") != text.npos) *static_cast<bool*>(found) = true;
}

bool is_key(std::string_view key) {
  if (key.size() != kKeySize || !key.ends_with("==")) return false;
  return std::ranges::all_of(key.substr(0, kKeySize - 2), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
  });
}

}  // namespace

std::uint16_t framing_objection(lws* wsi) {
  // RFC 9112, section 6.1: "A server that receives a request message with a transfer coding it does
  // not understand SHOULD respond with 501 (Not Implemented)."
  if (occurs(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING)) return kNotImplemented;
  // Section 5.1: "A server MUST reject, with a response status code of 400 (Bad Request), any
  // received request message that contains whitespace between a header field name and colon."
  bool has_space = false;
  lws_hdr_custom_name_foreach(wsi, look_for_space, &has_space);
  if (has_space) return kBadRequest;
  if (!occurs(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH)) return 0;
  // Section 6.3: several lengths, or one that is no number, are "an unrecoverable error".
  const Field length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
  const bool is_number = !length.text().empty() && std::ranges::all_of(length.text(), is_digit);
  const bool is_one = lws_hdr_fragment_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, 1) <= 0;
  return is_number && is_one ? 0 : kBadRequest;
}

std::uint16_t handshake_objection(lws* wsi) {
  // "The method of the request MUST be GET, and the HTTP version MUST be at least 1.1."
  if (!occurs(wsi, WSI_TOKEN_GET_URI)) return kBadRequest;
  if (Field(wsi, WSI_TOKEN_HTTP).text() != "HTTP/1.1") return kBadRequest;
  // "A |Sec-WebSocket-Key| header field with a base64-encoded [...] value that, when decoded, is 16
  // bytes in length."
  if (!is_key(Field(wsi, WSI_TOKEN_KEY).text())) return kBadRequest;
  // Section 4.4: a server that does not speak the version answers with those that it speaks.
  if (Field(wsi, WSI_TOKEN_VERSION).text() != "13") return kUpgradeRequired;
  return 0;
}

}  // namespace floe::native
