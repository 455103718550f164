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

constexpr Shape kSetup{1, kTypeSizeMax, is_visible};
constexpr Shape kAlgorithm{1, kFingerprintAlgorithmSizeMax, is_visible};
constexpr Shape kFingerprint{1, kFingerprintValueSizeMax, is_visible};
constexpr Shape kId{kDtlsIdSizeMin, kDtlsIdSizeMax, is_id_char};
constexpr Shape kNonce{kNonceSize, kNonceSize, is_hex_digit};

/// Each function writes in place, so that no text is moved.
void read_text(MemberReader& members, std::string_view name, const Shape& shape, MessageError bad,
               std::string& text) {
  const auto value = members.find(name);
  const auto read = value ? value->string() : std::nullopt;
  if (!read || !shape.fits(*read)) return members.fail(bad);
  text = *read;
}

/// RFC 8842, section 5.1, has no use for the fourth word of RFC 4145, "holdconn".
void read_setup(MemberReader& members, std::string& setup) {
  read_text(members, "setup", kSetup, MessageError::bad_setup, setup);
  if (setup != "actpass" && setup != "active" && setup != "passive") {
    members.fail(MessageError::bad_setup);
  }
}

void read_fingerprints(MemberReader& members, std::vector<FingerprintInit>& fingerprints) {
  constexpr auto bad = MessageError::bad_fingerprints;
  const auto value = members.find("fingerprints");
  if (!value || !value->is_array() || value->size() == 0 || value->size() > kFingerprintsMax) {
    return members.fail(bad);
  }
  fingerprints = std::vector<FingerprintInit>(value->size());
  std::size_t index = 0;
  for (const json::Value entry : *value) {
    MemberReader fields(entry);
    FingerprintInit& fingerprint = fingerprints[index++];
    read_text(fields, "algorithm", kAlgorithm, bad, fingerprint.algorithm);
    read_text(fields, "value", kFingerprint, bad, fingerprint.value);
    if (fields.error()) members.fail(bad);
  }
}

void write_text(json::Writer& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out.name(name).string(text);
}

}  // namespace

bool is_valid_dtls_id(std::string_view text) {
  return kId.fits(text);
}

void read_dtls_id(MemberReader& members, std::string_view name, std::string& id) {
  if (members.find(name)) read_text(members, name, kId, MessageError::bad_dtls_id, id);
}

void read_nonce(MemberReader& members, std::string_view name, MessageError bad,
                std::string& nonce) {
  read_text(members, name, kNonce, bad, nonce);
  std::ranges::transform(nonce, nonce.begin(), lower);
}

void read_dtls(MemberReader& members, std::optional<DtlsParameters>& dtls) {
  const auto value = members.find("dtls");
  if (!value) return;
  if (!value->is_object()) return members.fail(MessageError::bad_dtls);
  MemberReader inner(*value);
  DtlsParameters& read = dtls.emplace();
  read_setup(inner, read.setup);
  read_fingerprints(inner, read.fingerprints);
  read_dtls_id(inner, "id", read.id);
  read_dtls_id(inner, "peerId", read.peer_id);
  if (inner.find("commitment")) {
    read_nonce(inner, "commitment", MessageError::bad_commitment, read.commitment);
  }
  if (inner.error()) members.fail(*inner.error());
}

void write_dtls(json::Writer& out, const std::optional<DtlsParameters>& dtls) {
  if (!dtls) return;
  out.name("dtls").begin_object();
  write_text(out, "setup", dtls->setup);
  out.name("fingerprints").begin_array();
  for (const FingerprintInit& fingerprint : dtls->fingerprints) {
    out.begin_object();
    write_text(out, "algorithm", fingerprint.algorithm);
    write_text(out, "value", fingerprint.value);
    out.end_object();
  }
  out.end_array();
  write_text(out, "id", dtls->id);
  write_text(out, "peerId", dtls->peer_id);
  write_text(out, "commitment", dtls->commitment);
  out.end_object();
}

}  // namespace floe::signal
