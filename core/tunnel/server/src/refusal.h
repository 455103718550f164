// The answer to a record that the server refuses while the session goes on.
#pragma once

#include "floe/tunnel/records/record.h"
#include "floe/tunnel/server/record_sender.h"

namespace floe::tunnel {

template <class R>
void refuse(RecordSender& sender, ErrorCode code, const R& about) {
  sender.control(Error{code, static_cast<std::uint8_t>(R::kType), id_of(about), to_text(code)});
}

}  // namespace floe::tunnel
