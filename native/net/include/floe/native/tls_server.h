// The certificate and the key of a TLS server.
#pragma once

#include <memory>
#include <string>

#include "floe/api/random.h"

namespace floe::native {

class TlsIdentity;

struct TlsIdentityDeleter {
  void operator()(TlsIdentity* identity) const;
};
using TlsIdentityPointer = std::unique_ptr<TlsIdentity, TlsIdentityDeleter>;

/// Reads a certificate with its chain, and its key, from PEM files; null when they cannot be read
/// or do not belong together. For TcpStreams::adopt(); `random` must outlive the result.
TlsIdentityPointer load_tls_identity(RandomSource& random, const std::string& certificate_file,
                                     const std::string& key_file);

}  // namespace floe::native
