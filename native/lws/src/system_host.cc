#include "floe/native/system_host.h"

namespace floe::native {

SystemHost::SystemHost(const SystemHostOptions& options)
    : stderr_log_(options.log_minimum),
      log_(options.log != nullptr ? *options.log : stderr_log_),
      sockets_(loop_, random_, options.udp),
      streams_(loop_, random_, options.streams),
      interfaces_(loop_, options.only_addresses),
      resolver_(loop_),
      local_names_(loop_, interfaces_, random_, log_, options.mdns_interfaces),
      engine_(loop_, random_, log_),
      clients_(engine_, resolver_, options.web_socket),
      api_{.clock = clock_,
           .timers = loop_,
           .datagram_sockets = sockets_,
           .network = interfaces_,
           .random = random_,
           .crypto = crypto_,
           .log = log_,
           .resolver = &resolver_,
           .streams = &streams_,
           .local_names = &local_names_} {}

}  // namespace floe::native
