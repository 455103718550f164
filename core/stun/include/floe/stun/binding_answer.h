// How a client reads the answer to a Binding request (RFC 8489, sections 6.3.3 and 6.3.4): one
// policy for the agent, `floe stun`, `floe nat` and the TURN client.
//
// Strict in what is sent, lenient in what is read: the MAPPED-ADDRESS of an old or careless server
// is taken where XOR-MAPPED-ADDRESS is missing. What cannot be used has a flaw, in words.
//
// Deviation: (RFC 8489, section 6.3.3) with unknown comprehension-required attributes "the response
// is discarded and the transaction is considered to have failed". A response that nothing
// authenticates may be forged, so its flaw is kept in mind and the true answer is waited for. When
// none comes, the flaw is told in place of a silence.
#pragma once

#include <optional>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_view.h"
#include "floe/types/address.h"

namespace floe::stun {

/// What makes a response useless, whatever its method: a sentence without a stop; null: nothing.
const char* flaw_of(const MessageView& response);

/// XOR-MAPPED-ADDRESS, or else MAPPED-ADDRESS.
std::optional<TransportAddress> mapped_address(const MessageView& response);

struct BindingAnswer {
  std::optional<TransportAddress> mapped;  ///< of a success without a flaw
  std::optional<ErrorCode> error;          ///< a view of the response
  const char* flaw = nullptr;              ///< as flaw_of() says it; null: it can be used

  /// `response` answers a Binding request of this client.
  static BindingAnswer read(const MessageView& response);
};

}  // namespace floe::stun
