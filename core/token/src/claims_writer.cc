#include "base64url.h"
#include "floe/json/writer.h"
#include "floe/token/claims.h"

namespace floe::token {
namespace {

void write_texts(json::Writer& out, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out.name(name).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write_text(json::Writer& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out.name(name).string(text);
}

template <class Number>
void write_number(json::Writer& out, std::string_view name, const std::optional<Number>& number) {
  if (number) out.name(name).integer(static_cast<std::int64_t>(*number));
}

void write_limits(json::Writer& out, const Grant& grant) {
  write_number(out, "max_sockets", grant.max_sockets);
  write_number(out, "max_bps", grant.max_bps);
  write_number(out, "max_sessions", grant.max_sessions);
  if (grant.consent) out.name("consent").string(to_text(*grant.consent));
  std::vector<std::string> prefixes;
  for (const Prefix& prefix : grant.allow) prefixes.push_back(prefix.to_text());
  write_texts(out, "allow", prefixes);
  write_texts(out, "origins", grant.origins);
  write_texts(out, "ice_servers", grant.ice_servers);
  if (grant.native) out.name("native").boolean(true);
  if (grant.multi) out.name("multi").boolean(true);
}

}  // namespace

std::string write_claims(const Claims& claims) {
  json::Writer out;
  out.begin_object();
  if (claims.audience.size() == 1) {
    out.name("aud").string(claims.audience[0]);
  } else {
    write_texts(out, "aud", claims.audience);
  }
  write_text(out, "sub", claims.grant.subject);
  write_text(out, "jti", claims.grant.id);
  write_number(out, "iat", claims.issued_at);
  write_number(out, "nbf", claims.not_before);
  out.name("exp").integer(claims.grant.expires_at);
  write_texts(out, "rooms", claims.grant.rooms);
  write_limits(out, claims.grant);
  out.end_object();
  return out.take();
}

std::string mint(const Key& key, const Claims& claims) {
  json::Writer header;
  header.begin_object();
  header.name("alg").string("HS256");
  header.name("typ").string("JWT");
  header.name("kid").string(key.id());
  header.end_object();
  std::string token = encode_base64url(as_bytes(header.text())) + "." +
                      encode_base64url(as_bytes(write_claims(claims)));
  const Sha256Digest signature = key.sign(token);
  return token + "." + encode_base64url(signature);
}

}  // namespace floe::token
