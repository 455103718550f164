#include "upgrade_headers.h"

#include <algorithm>
#include <array>

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

}  // namespace

std::optional<UpgradeRequest> read_upgrade_request(lws* wsi, const TransportAddress& peer) {
  UpgradeRequest request;
  request.peer = peer;
  const bool complete = read_header(wsi, WSI_TOKEN_GET_URI, request.path) &&
                        read_query(wsi, request.query) &&
                        read_header(wsi, WSI_TOKEN_HOST, request.host) &&
                        read_header(wsi, WSI_TOKEN_ORIGIN, request.origin) &&
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
