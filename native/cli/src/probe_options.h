// The options of the commands that ask servers: `floe stun`, `floe nat`, `floe turn` and
// `floe doctor`.
#pragma once

#include <string>

#include "floe/probes/doctor.h"
#include "floe/probes/stun.h"
#include "floe/probes/turn.h"

namespace CLI {
class App;
}

namespace floe::cli {

/// Declares the options of one command. `options` and `tls_ca_file`, the authorities that are
/// trusted besides those of the system, are filled when the program's arguments are parsed.
void declare_stun(CLI::App& app, probes::StunOptions& options, std::string& tls_ca_file);
void declare_turn(CLI::App& app, probes::TurnOptions& options, std::string& tls_ca_file);
void declare_nat(CLI::App& app, probes::ServerOptions& options);
void declare_doctor(CLI::App& app, probes::DoctorOptions& options, std::string& tls_ca_file,
                    bool& json);

}  // namespace floe::cli
