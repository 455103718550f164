// Writes a certificate that a key signs itself.
#pragma once

#include "floe/api/random.h"
#include "floe/dtls/certificate.h"
#include "key_pair.h"

namespace floe::dtls {

/// Makes the key and the certificate of `pair`; false when that fails.
bool make_self_signed(KeyPair& pair, RandomSource& random, const Validity& validity);

}  // namespace floe::dtls
