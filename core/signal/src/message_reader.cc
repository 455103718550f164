#include "dtls_members.h"
#include "floe/ice/candidate_grammar.h"
#include "floe/json/document.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "member_reader.h"

namespace floe::signal {
namespace {

std::string read_ufrag(MemberReader& members) {
  const auto value = members.require("usernameFragment", MessageError::missing_username_fragment);
  if (!value) return {};
  const auto text = value->string();
  if (text && ice::is_valid_ufrag(*text)) return std::string(*text);
  members.fail(MessageError::bad_username_fragment);
  return {};
}

std::string read_password(MemberReader& members) {
  const auto value = members.require("password", MessageError::missing_password);
  if (!value) return {};
  const auto text = value->string();
  if (text && ice::is_valid_password(*text)) return std::string(*text);
  members.fail(MessageError::bad_password);
  return {};
}

std::optional<std::string> read_remote_ufrag(MemberReader& members) {
  const auto value = members.find("remoteUsernameFragment");
  if (!value) return std::nullopt;
  const auto text = value->string();
  if (text && ice::is_valid_ufrag(*text)) return std::string(*text);
  members.fail(MessageError::bad_remote_username_fragment);
  return std::nullopt;
}

std::vector<std::string> read_ice_options(MemberReader& members) {
  const auto value = members.find("iceOptions");
  if (!value) return {};
  if (!value->is_array()) members.fail(MessageError::bad_ice_options);
  if (value->size() > kIceOptionsMax) members.fail(MessageError::too_many_ice_options);
  std::vector<std::string> options;
  for (const json::Value option : *value) {
    if (members.error()) return {};
    options.emplace_back(
        members.check_text(option, 1, kIceOptionSizeMax, MessageError::bad_ice_options));
  }
  return options;
}

std::optional<ice::Role> read_role(MemberReader& members) {
  const auto value = members.find("role");
  if (!value) return std::nullopt;
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    if (value->string() == to_text(role)) return role;
  }
  members.fail(MessageError::bad_role);
  return std::nullopt;
}

std::optional<std::uint32_t> read_ice_pacing(MemberReader& members) {
  const auto value = members.find("icePacing");
  if (!value) return std::nullopt;
  const auto number = value->integer();
  if (number && *number >= 0 && *number <= UINT32_MAX) return static_cast<std::uint32_t>(*number);
  members.fail(MessageError::bad_ice_pacing);
  return std::nullopt;
}

std::string read_sdp_mid(MemberReader& members) {
  const auto value = members.find("sdpMid");
  if (!value) return std::string(kDefaultSdpMid);
  return std::string(members.check_text(*value, 0, kSdpMidSizeMax, MessageError::bad_sdp_mid));
}

void read_init(MemberReader& members, CandidateInit& init) {
  if (const auto value = members.require("candidate", MessageError::missing_candidate)) {
    init.candidate =
        members.check_text(*value, 0, ice::kCandidateLineSizeMax, MessageError::bad_candidate);
  }
  init.sdp_mid = read_sdp_mid(members);
}

/// Nothing for an entry that cannot be read.
std::optional<CandidateInit> read_entry(const json::Value& entry) {
  if (!entry.is_object()) return std::nullopt;
  MemberReader members(entry);
  CandidateInit init;
  read_init(members, init);
  if (members.error()) return std::nullopt;
  return init;
}

/// One odd entry must not cost the description.
void read_candidates(MemberReader& members, Description& description) {
  const auto value = members.find("candidates");
  if (!value) return;
  if (!value->is_array()) return members.fail(MessageError::bad_candidates);
  for (const json::Value entry : *value) {
    auto init = read_entry(entry);
    if (!init || description.candidates.size() == kCandidatesMax) {
      ++description.candidates_skipped;
    } else if (init->candidate.empty()) {
      description.end_of_candidates = true;
    } else {
      description.candidates.push_back(std::move(*init));
    }
  }
}

/// `{"port":5000,"maxMessageSize":262144}`; both have RFC 8841's defaults.
void read_sctp(MemberReader& members, std::optional<SctpParameters>& sctp) {
  const auto value = members.find("sctp");
  if (!value) return;
  if (!value->is_object()) return members.fail(MessageError::bad_sctp);
  MemberReader fields(*value);
  SctpParameters& read = sctp.emplace();
  if (const auto port = fields.find("port")) {
    const auto number = port->integer();
    if (!number || *number <= 0 || *number > UINT16_MAX)
      return members.fail(MessageError::bad_sctp);
    read.port = static_cast<std::uint16_t>(*number);
  }
  if (const auto size = fields.find("maxMessageSize")) {
    const auto number = size->integer();
    if (!number || *number < 0) return members.fail(MessageError::bad_sctp);
    read.message_size_max = static_cast<std::uint32_t>(std::min<std::int64_t>(*number, UINT32_MAX));
  }
}

// Each function builds the message in place, so that a description is never moved.

void read_description(MemberReader& members, Message& message) {
  auto& description = message.emplace<Description>();
  description.credentials.ufrag = read_ufrag(members);
  description.credentials.password = read_password(members);
  description.ice_lite = members.flag("iceLite", MessageError::bad_ice_lite);
  description.ice_options = read_ice_options(members);
  description.ice_pacing = read_ice_pacing(members);
  description.role = read_role(members);
  description.remote_ufrag = read_remote_ufrag(members);
  description.end_of_candidates =
      members.flag("endOfCandidates", MessageError::bad_end_of_candidates);
  read_candidates(members, description);
  read_dtls(members, description.dtls);
  read_sctp(members, description.sctp);
}

void read_end_of_candidates(MemberReader& members, Message& message) {
  auto& end = message.emplace<EndOfCandidates>();
  end.ufrag = read_ufrag(members);
  end.sdp_mid = read_sdp_mid(members);
}

void read_candidate(MemberReader& members, Message& message) {
  auto& candidate = message.emplace<CandidateMessage>();
  candidate.ufrag = read_ufrag(members);
  read_init(members, candidate.init);
  if (!candidate.init.candidate.empty()) return;
  message = EndOfCandidates{candidate.ufrag, candidate.init.sdp_mid};
}

void read_candidate_removed(MemberReader& members, Message& message) {
  auto& removed = message.emplace<CandidateRemoved>();
  removed.ufrag = read_ufrag(members);
  read_init(members, removed.init);
  if (removed.init.candidate.empty()) members.fail(MessageError::missing_candidate);
}

void read_restart(MemberReader&, Message& message) {
  message.emplace<RestartRequest>();
}

void read_bye(MemberReader& members, Message& message) {
  message.emplace<Bye>().reason = members.text("reason", kReasonSizeMax, MessageError::bad_reason);
}

void read_reveal(MemberReader& members, Message& message) {
  auto& reveal = message.emplace<Reveal>();
  read_dtls_id(members, "id", reveal.id);
  read_nonce(members, "nonce", MessageError::bad_nonce, reveal.nonce);
}

struct KnownMessage {
  std::string_view type;
  void (*read)(MemberReader&, Message&);
};

constexpr KnownMessage kKnownMessages[] = {
    {"description", read_description},
    {"candidate", read_candidate},
    {"end-of-candidates", read_end_of_candidates},
    {"candidate-removed", read_candidate_removed},
    {"restart", read_restart},
    {"bye", read_bye},
    {"reveal", read_reveal},
};

}  // namespace

Result<std::string_view, MessageError> parse_type(const json::Value& root) {
  if (!root.is_object()) return MessageError::not_an_object;
  const auto type = root.member("type");
  if (!type) return MessageError::missing_type;
  const auto text = type->string();
  if (!text || text->size() > kTypeSizeMax) return MessageError::bad_type;
  return *text;
}

Result<ParsedMessage, MessageError> parse_message(const json::Value& root) {
  const auto type = parse_type(root);
  if (!type) return type.error();
  for (const KnownMessage& kind : kKnownMessages) {
    if (kind.type != *type) continue;
    MemberReader members(root);
    for (const std::string_view known : {"type", "to", "from", "seq"}) members.find(known);
    ParsedMessage parsed;
    kind.read(members, parsed.message);
    if (const auto error = members.error()) return *error;
    parsed.ignored_members = members.ignored_members();
    return parsed;
  }
  return MessageError::unknown_type;
}

Result<ParsedMessage, MessageError> parse_message(std::string_view text) {
  const auto document = json::Document::parse(text, kMessageLimits);
  if (!document) return to_message_error(document.error().code);
  return parse_message(document->root());
}

}  // namespace floe::signal
