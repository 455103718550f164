// What a connectivity check costs to write, and to read and verify.
#include <array>

#include "connectivity_check.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/system_random.h"
#include "measure/each.h"
#include "measure/figures.h"
#include "rows.h"

namespace floe::bench {
/// Credentials as long as the agent makes them. The keyed contexts are made once, as a session
/// does.
void measure_stun(const Options& options) {
  const std::size_t calls = options.count("calls", 200'000);
  native::SystemRandom random;
  MbedtlsCrypto crypto;
  const ice::Credentials local = ice::Credentials::generate(random);
  const ice::Credentials remote = ice::Credentials::generate(random);
  const auto key = crypto.hmac_sha1(as_bytes(remote.password));
  ice::OutgoingCheck check{
      {}, remote.ufrag, local.ufrag, 0x6e7fffff, ice::Role::controlling, random.next_u64(), true};
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  Bytes request;

  const double id = ns_each(calls, [&] { random.fill(check.id); });
  const double write = ns_each(calls, [&] { request = ice::write_check(buffer, check, *key); });
  std::size_t valid = 0;
  const double read = ns_each(calls, [&] {
    const auto message = stun::MessageView::parse(request);
    valid += message && ice::read_check(*message, remote, *key, local.ufrag) ? 1u : 0u;
  });
  require(valid == calls, "a check of ours is not valid");
  const Bytes message = request;
  const double mac = ns_each(calls, [&] {
    const auto digest = key->compute({&message, 1});
    valid += digest[0];
  });
  Figures figures;
  figures.add("build_ns", id + write);
  figures.add("random_id_ns", id);
  figures.add("write_ns", write);
  figures.add("read_ns", read);
  figures.add("hmac_ns", mac);
  figures.add("bytes", static_cast<double>(request.size()));
  figures.print();
}

}  // namespace floe::bench
