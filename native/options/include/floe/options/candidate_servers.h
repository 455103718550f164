// The options of a program about the servers that it asks for candidates: --stun, and --turn with
// its credentials.
#pragma once

#include <string>
#include <vector>

#include "floe/driver/server.h"

namespace CLI {
class App;
}

namespace floe::options {

/// Declares --stun, --turn, --turn-user, --turn-pass and --turn-pass-env. `servers` is filled when
/// the program's arguments are parsed, and must live as long. Sets parse_complete_callback() of
/// `app`.
void declare_candidate_servers(CLI::App& app, std::vector<Server>& servers);

/// Declares --tls-ca.
void declare_tls_ca(CLI::App& app, std::string& file);

/// The value of an option such as "--turn-pass-env": a password from the environment, which no list
/// of processes shows. Throws CLI::ValidationError when there is no such variable.
std::string password_from_environment(const std::string& option, const std::string& variable);

}  // namespace floe::options
