#include "dtls_conversion.h"

#include "attribute_values.h"

namespace floe::sdp {
namespace {

/// RFC 8842, section 5.1, has no use for holdconn. An offer may say any other word. An answer says
/// who begins (section 5.3), so that it cannot leave that open.
bool may_say(SdpType type, Setup setup) {
  return setup != Setup::holdconn && (setup != Setup::actpass || type != SdpType::answer);
}

/// Whether it is the same when it was written and read.
bool is_writable(const Fingerprint& fingerprint) {
  return parse_fingerprint(fingerprint.algorithm + ' ' + fingerprint.value) == fingerprint;
}

}  // namespace

std::optional<ProblemCode> add_dtls(const Security& security, SdpType type,
                                    signal::Description& message) {
  if (security.fingerprints.empty()) return std::nullopt;
  if (!security.setup) return ProblemCode::missing_setup;
  if (!may_say(type, *security.setup)) return ProblemCode::wrong_setup;
  signal::DtlsParameters& dtls = message.dtls.emplace();
  dtls.setup = to_text(*security.setup);
  for (const Fingerprint& fingerprint : security.fingerprints) {
    dtls.fingerprints.push_back({fingerprint.algorithm, fingerprint.value});
  }
  dtls.id = security.tls_id;
  return std::nullopt;
}

std::optional<ProblemCode> set_dtls(ReadDescription& made, const signal::Description& message,
                                    SdpType type) {
  if (!message.dtls) return std::nullopt;
  const auto setup = parse_setup(message.dtls->setup);
  if (!setup || !may_say(type, *setup)) return ProblemCode::wrong_setup;
  std::vector<Fingerprint> fingerprints;
  for (const signal::FingerprintInit& init : message.dtls->fingerprints) {
    Fingerprint fingerprint{init.algorithm, init.value};
    if (!is_writable(fingerprint)) {
      made.skipped.add({ProblemCode::bad_fingerprint, 0, {}});
    } else if (fingerprints.size() == kFingerprintsMax) {
      made.skipped.add({ProblemCode::too_many_fingerprints, 0, {}});
    } else {
      fingerprints.push_back(std::move(fingerprint));
    }
  }
  const std::string& id = message.dtls->id;
  if (fingerprints.empty() || !(id.empty() || is_tls_id(id))) return ProblemCode::not_convertible;
  for (MediaSection& section : made.description.media) {
    section.own.setup = setup;
    section.own.fingerprints = fingerprints;
    section.own.tls_id = id;
  }
  return std::nullopt;
}

}  // namespace floe::sdp
