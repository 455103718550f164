// What all workers of a gateway share. Several threads may use each part at a time.
#pragma once

#include <memory>
#include <string>

#include "audit_log.h"
#include "floe/api/crypto.h"
#include "floe/api/random.h"
#include "floe/rooms/access_control.h"
#include "own_machine.h"
#include "port_pool.h"
#include "tunnel_quotas.h"

namespace floe::gateway {

struct Shared {
  /// `options` are what the system's descriptors are enough for. `crypto` must outlive it; `random`
  /// is used in the constructor only.
  Shared(const GatewayOptions& options, Crypto& crypto, RandomSource& random)
      : own_machine(std::make_shared<OwnMachine>(options.reachable())),
        access_control(options.access()),
        quotas(options),
        audit(crypto, random, options.admission.audit_full) {}

  /// Returns a mistake; empty: what has to be written can be.
  std::string open_audit_log(const std::string& file) {
    return file.empty() || audit.open(file) ? std::string() : "cannot write to " + file;
  }

  const std::shared_ptr<OwnMachine> own_machine;
  rooms::AccessControl access_control;
  TunnelQuotas quotas;
  PortPool ports;
  AuditLog audit;
};

}  // namespace floe::gateway
