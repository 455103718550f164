// A certificate of this end, with its private key: how a device stays recognizable, so that others
// can know its fingerprint beforehand.
#pragma once

#include <memory>
#include <string>

#include "floe/api/random.h"
#include "floe/types/bytes.h"

namespace floe::peer {

class Identity {
 public:
  Identity() = default;
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;
  virtual ~Identity() = default;

  /// SHA-256, "AB:CD:…".
  virtual std::string fingerprint() const = 0;
};

/// A new one. Null: no memory, or this build has no DTLS.
std::shared_ptr<const Identity> generate_identity(RandomSource& random);

/// A certificate and its key on the curve P-256, each as PEM or as DER. Null, and the reason in
/// `problem`, when they cannot be used.
std::shared_ptr<const Identity> parse_identity(RandomSource& random, Bytes certificate, Bytes key,
                                               std::string& problem);

/// Whether it is the SHA-256 of a certificate, as "AB:CD:…".
bool is_fingerprint(std::string_view text);

}  // namespace floe::peer
