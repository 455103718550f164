#include "relayed_message.h"

#include "floe/ice/credentials.h"
#include "floe/json/writer.h"
#include "floe/signal/room_message.h"

namespace floe::signal {

/// Empty when the member is absent or not a string.
std::string_view RelayedMessage::text_of(std::string_view member) const {
  const auto value = root_.member(member);
  return value ? value->string().value_or(std::string_view()) : std::string_view();
}

Result<std::string_view, MessageError> RelayedMessage::receiver() const {
  const auto to = root_.member("to");
  if (!to || to->is_null()) return std::string_view();
  const auto id = to->string();
  if (!id || !is_valid_name(*id)) return MessageError::bad_to;
  return *id;
}

bool RelayedMessage::count_candidates(CandidateQuota& quota) const {
  const std::string_view type = text_of("type");
  // Texts that are too long to be a fragment share one count.
  std::string_view ufrag = text_of("usernameFragment");
  if (ufrag.size() > ice::kCredentialSizeMax) ufrag = {};
  if (type == "candidate") return quota.add_one(ufrag);
  if (type != "description") return true;
  const auto candidates = root_.member("candidates");
  return quota.add_description(ufrag, candidates ? candidates->size() : 0);
}

std::string RelayedMessage::stamp(std::string_view from, std::uint64_t seq) const {
  json::Writer json;
  json.begin_object();
  for (const json::Value member : root_) {
    if (member.name() == "from" || member.name() == "seq") continue;
    json.name(member.name()).value(member);
  }
  json.name("from").string(from).name("seq").unsigned_integer(seq);
  return json.end_object().take();
}

}  // namespace floe::signal
