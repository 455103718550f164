#include "connect_failure.h"

#include <charconv>
#include <system_error>

namespace floe::native {
namespace {

constexpr std::string_view kErrnoFollows = "conn fail: ";
constexpr unsigned kSwitchingProtocols = 101;

std::string text_of_errno(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  std::string text = std::generic_category().message(number);
  // Inside a sentence; but "I/O error" stays as it is.
  if (text.size() > 1 && text[1] >= 'a') text[0] = static_cast<char>(text[0] | 0x20);
  return text;
}

}  // namespace

std::string connect_failure(lws* wsi, std::string_view text) {
  if (text.starts_with(kErrnoFollows)) return text_of_errno(text.substr(kErrnoFollows.size()));
  const unsigned status = lws_http_client_http_response(wsi);
  if (status != 0 && status != kSwitchingProtocols) {
    return "the server answers with the HTTP status " + std::to_string(status);
  }
  return text.empty() ? "the connection failed" : std::string(text);
}

}  // namespace floe::native
