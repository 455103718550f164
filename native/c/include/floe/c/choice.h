// How an agent of the C API chooses among candidates and paths.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// How a controlling agent chooses the path that data takes (RFC 8445, section 8).
typedef enum floe_nomination {
  FLOE_NOMINATION_REGULAR = 0,  ///< once, when a path works and better ones had their time
  /// The method of RFC 5245, for old peers: the first path that works is used, then every better
  /// one. With peers that know RFC 8445 it works as `regular`.
  FLOE_NOMINATION_AGGRESSIVE = 1,
  /// A better path that works later takes over, if the peer understands that; else as `regular`.
  FLOE_NOMINATION_RENOMINATION = 2
} floe_nomination;

/// Which candidates may be used (W3C's RTCIceTransportPolicy).
typedef enum floe_policy {
  FLOE_POLICY_ALL = 0,
  FLOE_POLICY_RELAY = 1  ///< only relayed ones: the peer learns no address of this host
} floe_policy;

/// What happens with names of the local network (multicast DNS), which browsers give instead of
/// their addresses.
typedef enum floe_mdns {
  FLOE_MDNS_RESOLVE = 0,  ///< the peer's names are looked up in the networks of this machine
  /// The same; and the peer is told random names instead of the addresses of this machine, which
  /// only its own network can resolve. An address for which there is no name is not told.
  FLOE_MDNS_HIDE = 1,
  FLOE_MDNS_OFF = 2  ///< candidates with names are skipped
} floe_mdns;

#ifdef __cplusplus
}  // extern "C"
#endif
