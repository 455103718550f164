#include "dtls_identity.h"

namespace floe::peer {
namespace {

/// A certificate that signs itself is good by its fingerprint, whatever the day. RFC 5280, section
/// 4.1.2.5: the end of 9999 means that there is no date.
dtls::Validity always() {
  using namespace std::chrono_literals;
  using std::chrono::sys_days;
  // In seconds from the start: minutes and hours may have 32 bits, which end before that year.
  const std::chrono::sys_seconds last_day = sys_days(9999y / 12 / 31);
  return {sys_days(2000y / 1 / 1), last_day + std::chrono::seconds(24 * 3600 - 1)};
}

}  // namespace

std::shared_ptr<const Identity> generate_identity(RandomSource& random) {
  auto certificate = dtls::Certificate::generate(random, always());
  if (!certificate) return nullptr;
  return std::make_shared<DtlsIdentity>(std::move(*certificate));
}

std::shared_ptr<const Identity> parse_identity(RandomSource& random, Bytes certificate, Bytes key,
                                               std::string& problem) {
  auto parsed = dtls::Certificate::parse(random, certificate, key);
  if (parsed) return std::make_shared<DtlsIdentity>(std::move(*parsed));
  problem = dtls::to_text(parsed.error());
  return nullptr;
}

bool is_fingerprint(std::string_view text) {
  return dtls::Fingerprint::parse(dtls::Fingerprint::kAlgorithm, text).has_value();
}

}  // namespace floe::peer
