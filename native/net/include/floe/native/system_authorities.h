// Where this system keeps the certificates of the authorities that it trusts.
#pragma once

#include <string>

namespace floe::native {

/// The PEM file of the distribution; empty when there is none.
std::string system_authorities_file();

/// Why a PEM file of trusted authorities, beside those of the system, cannot be used: a sentence
/// without a full stop. Empty for a file that can be used, and for "", which means no file.
std::string problem_with_authorities(const std::string& file);

}  // namespace floe::native
