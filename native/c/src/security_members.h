// The members of a configuration that say who the two ends are. Those of an agent and of a room are
// the same.
#pragma once

#include <cstddef>
#include <string>

#include "floe/api/random.h"
#include "floe/peer/security.h"
#include "floe/types/result.h"

namespace floe::c {

struct SecurityMembers {
  const void* certificate;
  std::size_t certificate_size;
  const void* key;
  std::size_t key_size;
  const char* const* expected_fingerprints;
  std::size_t expected_fingerprint_count;

  template <class Config>
  static SecurityMembers of(const Config& config) {
    return {config.certificate, config.certificate_size,      config.key,
            config.key_size,    config.expected_fingerprints, config.expected_fingerprint_count};
  }
  /// One of them says something.
  bool is_any_set() const;
};

/// What they say; without a certificate, with a new one. The error is a sentence for the log, which
/// names the member that is wrong.
Result<peer::SecurityOptions, std::string> read_security(const SecurityMembers& members,
                                                         RandomSource& random);

}  // namespace floe::c
