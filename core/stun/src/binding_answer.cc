#include "floe/stun/binding_answer.h"

#include "floe/stun/attributes/address.h"

namespace floe::stun {

const char* flaw_of(const MessageView& response) {
  if (!response.unknown_types().empty()) return "the answer has required attributes unknown here";
  const bool is_error = response.message_class() == Class::error;
  if (is_error && !response.get<ErrorCode>()) return "the answer is an error without a code";
  return nullptr;
}

std::optional<TransportAddress> mapped_address(const MessageView& response) {
  if (const auto mapped = response.get<XorMappedAddress>()) return mapped->address;
  if (const auto mapped = response.get<MappedAddress>()) return mapped->address;
  return std::nullopt;
}

BindingAnswer BindingAnswer::read(const MessageView& response) {
  BindingAnswer answer;
  answer.flaw = flaw_of(response);
  if (answer.flaw) return answer;
  if (response.message_class() == Class::error) {
    answer.error = *response.get<ErrorCode>();
    return answer;
  }
  answer.mapped = mapped_address(response);
  if (!answer.mapped) {
    answer.flaw = "the answer has no mapped address";
  } else if (!can_be_reached(*answer.mapped)) {
    answer.flaw = "the answer names an address that nobody can reach";
  }
  return answer;
}

}  // namespace floe::stun
