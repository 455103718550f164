// Where this system keeps the certificates of the authorities that it trusts.
#pragma once

#include <string>

namespace floe::native {

/// The PEM file of the distribution; empty when there is none.
std::string system_authorities_file();

}  // namespace floe::native
