// A certificate with its key, as a program has them in files.
#pragma once

#include <mbedtls/pk.h>

#include <catch2/catch_test_macros.hpp>

#include "floe/dtls/certificate.h"
#include "floe/floe.h"
#include "floe/sim/seeded_random.h"
#include "key_pair.h"

namespace floe::testing {

struct CCertificate {
  explicit CCertificate(std::uint64_t seed) {
    using namespace std::chrono_literals;
    using std::chrono::sys_days;
    sim::SeededRandom random(seed);
    const auto made =
        dtls::Certificate::generate(random, {sys_days(2000y / 1 / 1), sys_days(9999y / 12 / 31)});
    REQUIRE(made);
    certificate.assign(made->der().begin(), made->der().end());
    ByteVector space(512);  // mbedTLS writes to its end
    const int size = mbedtls_pk_write_key_der(&made->key_pair().key, space.data(), space.size());
    REQUIRE(size > 0);
    key.assign(space.end() - size, space.end());
    fingerprint = made->fingerprint().value();
  }

  /// floe_agent_config, or floe_room_config.
  template <class Config>
  void set(Config& config) const {
    config.certificate = certificate.data();
    config.certificate_size = certificate.size();
    config.key = key.data();
    config.key_size = key.size();
  }

  ByteVector certificate;
  ByteVector key;
  std::string fingerprint;
};

}  // namespace floe::testing
