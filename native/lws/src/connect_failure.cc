#include "connect_failure.h"

#include <array>
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

/// What libwebsockets says, and what its user can do something with.
struct Wording {
  std::string_view theirs;
  std::string_view ours;
};

constexpr std::array kWordings = {
    // It says so for a server without TLS, too.
    Wording{"invalidca", "no trusted authority signed the server's certificate, or it has no TLS"},
    Wording{"hostname", "the server's certificate is for another name"},
    Wording{"notyetvalid", "the server's certificate is not valid yet"},
    Wording{"expired", "the server's certificate has expired"},
    Wording{"Timed out waiting", "no answer"},
    Wording{"read failed", "the server ended the connection before it answered"},
};

std::string_view reworded(std::string_view text) {
  for (const Wording& wording : kWordings) {
    if (text.find(wording.theirs) != std::string_view::npos) return wording.ours;
  }
  return text.empty() ? "the connection failed" : text;
}

}  // namespace

ConnectFailure connect_failure(lws* wsi, std::string_view text) {
  if (text.starts_with(kErrnoFollows)) return {text_of_errno(text.substr(kErrnoFollows.size()))};
  const unsigned status = lws_http_client_http_response(wsi);
  if (status != 0 && status != kSwitchingProtocols) {
    return {"the server answers with the HTTP status " + std::to_string(status), true};
  }
  return {std::string(reworded(text)), status == kSwitchingProtocols};
}

}  // namespace floe::native
