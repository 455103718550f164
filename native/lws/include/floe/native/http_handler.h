// The interface of what answers requests with a body, at once or later.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "floe/native/http_document.h"
#include "floe/native/request_head.h"

namespace floe::native {

/// A longer body is refused with 413 before it has been received.
inline constexpr std::size_t kRequestBodyMax = 64 * 1024;

/// All members are as the client sent them.
struct HttpRequest : RequestHead {
  std::string method;         ///< "POST" and so on
  std::string authorization;  ///< the headers of these names; empty: absent
  std::string content_type;
  std::string if_match;
  std::string body;
};

/// The way back to the client. It may outlive the connection, but not the server.
class HttpReply {
 public:
  /// Closes the connection if nothing was sent.
  virtual ~HttpReply() = default;
  /// Once. False: the client is gone.
  virtual bool send(HttpDocument document) = 0;
};

class HttpHandler {
 public:
  /// A reply that does not come within 30 s closes the connection.
  virtual void handle(HttpRequest request, std::unique_ptr<HttpReply> reply) = 0;

 protected:
  ~HttpHandler() = default;
};

}  // namespace floe::native
