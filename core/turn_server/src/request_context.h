// The facts about a request that its answer needs, also after the request is gone.
#pragma once

#include <optional>

#include "floe/stun/integrity_key.h"
#include "floe/stun/message_view.h"

namespace floe::turn {

struct RequestContext {
  explicit RequestContext(const stun::MessageView& request)
      : method(request.method()),
        id(request.transaction_id()),
        has_fingerprint(request.has_fingerprint()),
        size(request.bytes().size()) {}

  stun::Method method;
  stun::TransactionId id;
  bool has_fingerprint;
  std::size_t size;
  stun::IntegrityKey key = {};  ///< none when it has no valid signature
};

}  // namespace floe::turn
