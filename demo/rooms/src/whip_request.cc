#include "floe/rooms/whip_request.h"

#include <algorithm>
#include <utility>

#include "floe/signal/room_message.h"

namespace floe::rooms {
namespace {

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same_word(std::string_view text, std::string_view small) {
  return std::ranges::equal(text, small, {}, small_letter);
}

/// Takes what is before `separator` out of `text`, and the separator.
std::string_view take_until(std::string_view& text, char separator) {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

}  // namespace

std::optional<WhipPath> read_whip_path(std::string_view path) {
  constexpr std::string_view prefix = "/signal/";
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  WhipPath read;
  read.room = take_until(path, '/');
  const bool has_session = path.find('/') != path.npos;
  if (!signal::is_valid_name(read.room) || take_until(path, '/') != "whip") return std::nullopt;
  if (has_session && !signal::is_valid_name(path)) return std::nullopt;
  read.session = path;
  return read;
}

std::optional<WhipQuery> read_whip_query(std::string_view query) {
  WhipQuery read;
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    const std::string_view name = take_until(value, '=');
    std::string* member = name == "name"      ? &read.name
                          : name == "to"      ? &read.to
                          : name == "service" ? &read.service
                                              : nullptr;
    if (member == nullptr) continue;
    // A name has nothing that a query would write in another way.
    if (!signal::is_valid_name(value)) return std::nullopt;
    *member = value;
  }
  return read;
}

std::string_view bearer_token(std::string_view authorization) {
  const std::string_view scheme = take_until(authorization, ' ');
  if (!is_same_word(scheme, "bearer")) return {};
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

bool is_of_type(std::string_view content_type, std::string_view type) {
  std::string_view name = take_until(content_type, ';');
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  return is_same_word(name, type);
}

bool WhipReply::send(native::HttpDocument document) {
  if (!origin_.empty()) {
    document.headers.emplace_back("access-control-allow-origin", origin_);
    document.headers.emplace_back("access-control-expose-headers", "location, etag, accept-patch");
    document.headers.emplace_back("vary", "origin");
  }
  const auto reply = std::exchange(reply_, nullptr);
  return reply && reply->send(std::move(document));
}

bool WhipReply::refuse(std::uint16_t status, std::string_view why) {
  native::HttpDocument document;
  document.status = status;
  document.body = std::string(why) + ".\n";
  // RFC 6750, section 3.
  if (status == 401) document.headers.emplace_back("www-authenticate", "Bearer");
  return send(std::move(document));
}

}  // namespace floe::rooms
