// The checks that admit a client; they are the same for every kind of client.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "floe/native/request_head.h"
#include "floe/types/bytes.h"

namespace floe::rooms {

/// Bytes of a secret: a shorter one could be found by trial.
inline constexpr std::size_t kSecretSizeMin = 16;

struct Access {
  std::string secret = {};                ///< the token that clients must send
  std::vector<std::string> origins = {};  ///< pages that may connect; empty: those served from here
  bool open = false;                      ///< no token, and only clients and pages of this machine
};

class AccessControl {
 public:
  explicit AccessControl(Access access) : access_(std::move(access)) {}

  /// Counts for those who come from now on.
  void reload(Access access) { access_ = std::move(access); }

  /// RFC 6455, section 10.2: a browser says which page wants to connect, and a server that does not
  /// look lets every page on the web use it. Programs that are no browsers send no Origin and must
  /// have the token.
  bool admits_origin(const native::RequestHead& request) const;
  /// Says to the operator what admits_origin() refused.
  static std::string refusal_of(const native::RequestHead& request);
  /// Compares in constant time.
  bool admits_token(std::string_view token) const;

 private:
  Access access_;
};

}  // namespace floe::rooms
