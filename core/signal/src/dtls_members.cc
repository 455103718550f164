#include "dtls_members.h"

#include <algorithm>

#include "floe/signal/limits.h"
#include "floe/types/letter_case.h"

namespace floe::signal {
namespace {

bool is_visible(char c) {
  return c > ' ' && c < 0x7f;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

/// RFC 8842, section 4: tls-id-char = ALPHA / DIGIT / "+" / "/" / "-" / "_"
bool is_id_char(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '+' || c == '/' || c == '-' ||
         c == '_';
}

/// What a text must be like.
struct Shape {
  std::size_t size_min;
  std::size_t size_max;
  bool (*allows)(char);

  bool fits(std::string_view text) const {
    return text.size() >= size_min && text.size() <= size_max && std::ranges::all_of(text, allows);
  }
};

constexpr Shape kAlgorithm{1, kFingerprintAlgorithmSizeMax, is_visible};
constexpr Shape kFingerprint{1, kFingerprintValueSizeMax, is_visible};
constexpr Shape kId{kDtlsIdSizeMin, kDtlsIdSizeMax, is_id_char};
constexpr Shape kNonce{kNonceSize, kNonceSize, is_hex_digit};

std::string read_shape(MemberReader& members, std::string_view name, const Shape& shape,
                       MessageError bad) {
  const auto value = members.find(name);
  const auto text = value ? value->string() : std::nullopt;
  if (text && shape.fits(*text)) return std::string(*text);
  members.fail(bad);
  return {};
}

/// RFC 8842, section 5.1, has no use for the fourth word of RFC 4145, "holdconn".
std::string read_setup(MemberReader& members) {
  const auto value = members.find("setup");
  for (const std::string_view setup : {"actpass", "active", "passive"}) {
    if (value && value->string() == setup) return std::string(setup);
  }
  members.fail(MessageError::bad_setup);
  return {};
}

void read_fingerprints(MemberReader& members, std::vector<FingerprintInit>& fingerprints) {
  constexpr auto bad = MessageError::bad_fingerprints;
  const auto value = members.find("fingerprints");
  if (!value || !value->is_array() || value->size() == 0 || value->size() > kFingerprintsMax) {
    return members.fail(bad);
  }
  for (const json::Value entry : *value) {
    MemberReader fields(entry);
    fingerprints.push_back({read_shape(fields, "algorithm", kAlgorithm, bad),
                            read_shape(fields, "value", kFingerprint, bad)});
    if (fields.error()) return members.fail(bad);
  }
}

}  // namespace

bool is_valid_dtls_id(std::string_view text) {
  return kId.fits(text);
}

std::string read_dtls_id(MemberReader& members, std::string_view name) {
  if (!members.find(name)) return {};
  return read_shape(members, name, kId, MessageError::bad_dtls_id);
}

std::string read_nonce(MemberReader& members, std::string_view name, MessageError bad) {
  std::string nonce = read_shape(members, name, kNonce, bad);
  std::ranges::transform(nonce, nonce.begin(), lower);
  return nonce;
}

void read_dtls(MemberReader& members, std::optional<DtlsParameters>& dtls) {
  const auto value = members.find("dtls");
  if (!value) return;
  if (!value->is_object()) return members.fail(MessageError::bad_dtls);
  MemberReader inner(*value);
  dtls.emplace();
  dtls->setup = read_setup(inner);
  read_fingerprints(inner, dtls->fingerprints);
  dtls->id = read_dtls_id(inner, "id");
  dtls->peer_id = read_dtls_id(inner, "peerId");
  if (inner.find("commitment")) {
    dtls->commitment = read_nonce(inner, "commitment", MessageError::bad_commitment);
  }
  if (inner.error()) members.fail(*inner.error());
}

void write_dtls(json::Writer& out, const std::optional<DtlsParameters>& dtls) {
  if (!dtls) return;
  out.name("dtls").begin_object().name("setup").string(dtls->setup);
  out.name("fingerprints").begin_array();
  for (const FingerprintInit& fingerprint : dtls->fingerprints) {
    out.begin_object().name("algorithm").string(fingerprint.algorithm);
    out.name("value").string(fingerprint.value).end_object();
  }
  out.end_array();
  if (!dtls->id.empty()) out.name("id").string(dtls->id);
  if (!dtls->peer_id.empty()) out.name("peerId").string(dtls->peer_id);
  if (!dtls->commitment.empty()) out.name("commitment").string(dtls->commitment);
  out.end_object();
}

}  // namespace floe::signal
