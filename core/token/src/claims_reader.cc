#include <algorithm>
#include <limits>

#include "floe/json/document.h"
#include "floe/token/claims.h"
#include "floe/token/limits.h"
#include "floe/types/decimal.h"

namespace floe::token {
namespace {

constexpr json::Limits kClaimsLimits{kTokenSizeMax, 256, 4};
/// Until the year 5138; what is later is no time.
constexpr std::uint64_t kTimeMax = 99'999'999'999;

/// What the audit log and the operator's terminal show must be plain.
bool is_plain(std::string_view text, std::size_t size_max) {
  return text.size() <= size_max &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// Reads members, and remembers whether one of them was wrong. An absent member is not wrong.
class ClaimReader {
 public:
  explicit ClaimReader(const json::Value& root) : root_(root) {}

  bool is_good() const { return good_; }

  std::optional<json::Value> find(std::string_view name) const {
    const auto value = root_.member(name);
    return value && !value->is_null() ? value : std::nullopt;
  }

  void text(std::string_view name, std::string& out) {
    if (const auto value = find(name)) out = plain(*value, kNameSizeMax);
  }

  /// RFC 7519, section 2: NumericDate is "A JSON numeric value representing the number of seconds",
  /// and "Non-integer values can be represented": the fraction is dropped.
  void time(std::string_view name, std::optional<std::int64_t>& out) {
    const auto value = find(name);
    if (!value) return;
    const std::string_view number = value->number_text().value_or("");
    const auto dot = number.find('.');
    const auto seconds = parse_decimal(number.substr(0, dot), kTimeMax);
    const bool exponent = number.find_first_of("eE") != number.npos;
    if (!expect(seconds && !exponent)) return;
    out = static_cast<std::int64_t>(*seconds);
  }

  template <class Number>
  void limit(std::string_view name, std::optional<Number>& out) {
    const auto value = find(name);
    if (!value) return;
    const auto number = value->integer();
    constexpr auto max = static_cast<std::int64_t>(std::min<std::uint64_t>(
        std::numeric_limits<Number>::max(), std::numeric_limits<std::int64_t>::max()));
    if (expect(number && *number >= 1 && *number <= max)) out = static_cast<Number>(*number);
  }

  void flag(std::string_view name, bool& out) {
    const auto value = find(name);
    if (value && expect(value->boolean().has_value())) out = *value->boolean();
  }

  /// One text, or a list of them.
  void texts(std::string_view name, std::size_t count_max, std::size_t size_max,
             std::vector<std::string>& out) {
    const auto value = find(name);
    if (!value) return;
    if (!value->is_array()) return out.push_back(plain(*value, size_max));
    if (!expect(value->size() <= count_max)) return;
    for (const json::Value one : *value) out.push_back(plain(one, size_max));
  }

  bool expect(bool holds) {
    good_ = good_ && holds;
    return holds;
  }

 private:
  /// Empty, and wrong, when it is none.
  std::string plain(const json::Value& value, std::size_t size_max) {
    const auto text = value.string();
    return expect(text && !text->empty() && is_plain(*text, size_max)) ? std::string(*text) : "";
  }

  json::Value root_;
  bool good_ = true;
};

void read_limits(ClaimReader& in, Grant& grant) {
  in.limit("max_sockets", grant.max_sockets);
  in.limit("max_bps", grant.max_bps);
  in.limit("max_sessions", grant.max_sessions);
  std::string consent;
  in.text("consent", consent);
  grant.consent = parse_consent_rule(consent);
  in.expect(grant.consent || consent.empty());
  std::vector<std::string> prefixes;
  in.texts("allow", kPrefixesMax, kNameSizeMax, prefixes);
  for (const std::string& text : prefixes) {
    const auto prefix = Prefix::parse(text);
    if (in.expect(prefix.has_value())) grant.allow.push_back(*prefix);
  }
  // An empty list would else mean that everybody is allowed.
  in.expect(!in.find("allow") || !grant.allow.empty());
  in.texts("origins", kOriginsMax, kUriSizeMax, grant.origins);
  in.expect(!in.find("origins") || !grant.origins.empty());
  in.texts("ice_servers", kIceServersMax, kUriSizeMax, grant.ice_servers);
  in.flag("native", grant.native);
  in.flag("multi", grant.multi);
}

}  // namespace

std::optional<Claims> read_claims(std::string_view json) {
  const auto document = json::Document::parse(json, kClaimsLimits);
  if (!document || !document->root().is_object()) return std::nullopt;
  ClaimReader in(document->root());
  Claims claims;
  claims.audience.clear();
  in.texts("aud", kAudiencesMax, kNameSizeMax, claims.audience);
  in.text("sub", claims.grant.subject);
  in.text("jti", claims.grant.id);
  in.time("iat", claims.issued_at);
  in.time("nbf", claims.not_before);
  std::optional<std::int64_t> expires_at;
  in.time("exp", expires_at);
  in.expect(expires_at.has_value());
  claims.grant.expires_at = expires_at.value_or(0);
  in.texts("room", 1, kRoomSizeMax, claims.grant.rooms);
  in.texts("rooms", kRoomsMax, kRoomSizeMax, claims.grant.rooms);
  in.expect(claims.grant.rooms.size() <= kRoomsMax);
  read_limits(in, claims.grant);
  return in.is_good() ? std::optional(std::move(claims)) : std::nullopt;
}

}  // namespace floe::token
