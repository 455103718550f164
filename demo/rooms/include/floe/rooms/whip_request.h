// What a request for WHIP asks for, and the way back to who asked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "floe/native/http_handler.h"

namespace floe::rooms {

/// "/signal/ROOM/whip", where sessions begin, or "/signal/ROOM/whip/SESSION".
struct WhipPath {
  std::string_view room;
  std::string_view session;  ///< empty: none
};
std::optional<WhipPath> read_whip_path(std::string_view path);

/// What the query of the URL says of the session. Without `to` and `service`, the only other member
/// of the room is the peer.
struct WhipQuery {
  std::string name = "whip";  ///< of the client in the room
  std::string to;             ///< the id or the name of the peer
  std::string service;        ///< the peer is the latest member that offers it
};
/// Nothing when a value of these is none of a name. Other parameters are ignored.
std::optional<WhipQuery> read_whip_query(std::string_view query);

/// RFC 6750, section 2.1; empty when there is none.
std::string_view bearer_token(std::string_view authorization);

/// Whether a Content-Type names this type, which is in small letters.
bool is_of_type(std::string_view content_type, std::string_view type);

/// An answer for the page that asked: with the headers of CORS where it is of another origin.
class WhipReply {
 public:
  WhipReply() = default;
  WhipReply(std::unique_ptr<native::HttpReply> reply, std::string origin)
      : reply_(std::move(reply)), origin_(std::move(origin)) {}

  explicit operator bool() const { return reply_ != nullptr; }
  /// Both once. False: the client is gone.
  bool send(native::HttpDocument document);
  bool refuse(std::uint16_t status, std::string_view why);

 private:
  std::unique_ptr<native::HttpReply> reply_;
  std::string origin_;
};

}  // namespace floe::rooms
