#pragma once

#include <memory>
#include <string>

#include "floe/peer/identity.h"

namespace floe::cli {

/// The certificate and the key of two files, each PEM or DER. Null, and the reason in `problem`,
/// when they cannot be used.
std::shared_ptr<const peer::Identity> read_identity(RandomSource& random,
                                                    const std::string& certificate_file,
                                                    const std::string& key_file,
                                                    std::string& problem);

}  // namespace floe::cli
