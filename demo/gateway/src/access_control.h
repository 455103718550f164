// The checks that admit a client; they are the same for every kind of client.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "floe/native/request_head.h"
#include "floe/types/bytes.h"
#include "gateway_options.h"

namespace floe::gateway {

class AccessControl {
 public:
  explicit AccessControl(const GatewayOptions& options)
      : secret_(options.secret), origins_(options.origins), open_(options.insecure_dev) {}

  /// RFC 6455, section 10.2: a browser says which page wants to connect, and a server that does not
  /// look lets every page on the web use it. Programs that are no browsers send no Origin and must
  /// have the token.
  bool admits_origin(const native::RequestHead& request) const;
  /// Says to the operator what admits_origin() refused.
  static std::string refusal_of(const native::RequestHead& request);
  /// Compares in constant time.
  bool admits_token(std::string_view token) const;

 private:
  std::string secret_;
  std::vector<std::string> origins_;
  bool open_;
};

}  // namespace floe::gateway
