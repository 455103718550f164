#include "upgrade_headers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace floe::native {
namespace {

// libwebsockets compares subprotocols in a buffer of this size and gives up on longer lists.
constexpr std::size_t kSubprotocolListMax = 127;
constexpr int kQueryPartsMax = 32;

// False when it does not fit.
bool read_header(lws* wsi, lws_token_indexes token, std::string& out) {
  const int length = lws_hdr_total_length(wsi, token);
  if (length == 0) return true;
  std::array<char, 4096> buffer;
  if (lws_hdr_copy(wsi, buffer.data(), static_cast<int>(buffer.size()), token) < 0) return false;
  out.assign(buffer.data());
  return true;
}

// libwebsockets has cut the query at each "&".
bool read_query(lws* wsi, std::string& out) {
  std::array<char, 4096> part;
  for (int i = 0; i < kQueryPartsMax; ++i) {
    const int length = lws_hdr_copy_fragment(wsi, part.data(), static_cast<int>(part.size()),
                                             WSI_TOKEN_HTTP_URI_ARGS, i);
    if (length < 0) return length == -1;
    if (i > 0) out.push_back('&');
    out.append(part.data(), static_cast<std::size_t>(length));
  }
  return true;
}

/// All but the path.
bool read_head(lws* wsi, RequestHead& head) {
  return read_query(wsi, head.query) && read_header(wsi, WSI_TOKEN_HOST, head.host) &&
         read_header(wsi, WSI_TOKEN_ORIGIN, head.origin);
}

std::string_view name_of(int method) {
  switch (method) {
    case LWSHUMETH_GET:
      return "GET";
    case LWSHUMETH_HEAD:
      return "HEAD";
    case LWSHUMETH_POST:
      return "POST";
    case LWSHUMETH_PUT:
      return "PUT";
    case LWSHUMETH_PATCH:
      return "PATCH";
    case LWSHUMETH_DELETE:
      return "DELETE";
    case LWSHUMETH_OPTIONS:
      return "OPTIONS";
    default:
      return {};
  }
}

}  // namespace

std::optional<HttpRequest> read_http_request(lws* wsi, int method, std::string_view path,
                                             const TransportAddress& peer) {
  HttpRequest request;
  request.method = name_of(method);
  request.path = path;
  request.peer = peer;
  const bool complete = !request.method.empty() && read_head(wsi, request) &&
                        read_header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, request.authorization) &&
                        read_header(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, request.content_type) &&
                        read_header(wsi, WSI_TOKEN_HTTP_IF_MATCH, request.if_match);
  return complete ? std::optional(std::move(request)) : std::nullopt;
}

std::optional<std::string> host_of(lws* wsi) {
  std::string host;
  return read_header(wsi, WSI_TOKEN_HOST, host) ? std::optional(std::move(host)) : std::nullopt;
}

std::optional<std::uint64_t> content_length(lws* wsi) {
  std::string text;
  const bool fits = read_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, text);
  if (fits && text.empty()) return std::nullopt;
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  const bool is_number = fits && error == std::errc() && end == text.data() + text.size();
  return is_number ? size : UINT64_MAX;
}

std::optional<UpgradeRequest> read_upgrade_request(lws* wsi, const TransportAddress& peer) {
  UpgradeRequest request;
  request.peer = peer;
  const bool complete = read_header(wsi, WSI_TOKEN_GET_URI, request.path) &&
                        read_head(wsi, request) &&
                        read_header(wsi, WSI_TOKEN_PROTOCOL, request.offered_subprotocols);
  if (!complete || request.offered_subprotocols.size() > kSubprotocolListMax) return std::nullopt;
  return request;
}

std::vector<std::string_view> split_list(std::string_view list) {
  std::vector<std::string_view> names;
  while (!list.empty()) {
    std::string_view name = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), name.size() + 1));
    while (!name.empty() && (name.front() == ' ' || name.front() == '\t')) name.remove_prefix(1);
    while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

}  // namespace floe::native
