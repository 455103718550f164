// Records that ask the server to look a host name up. Host names occur only here and as the server
// name of TCP_OPEN: datagrams are sent to addresses only. Needs Capability::resolve.
#pragma once

#include <string_view>

#include "floe/tunnel/records/address_lists.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/record_type.h"

namespace floe::tunnel {

/// The numbers are those of the record.
enum class LookupFamily : std::uint8_t { any = 0, ipv4 = 4, ipv6 = 6 };

constexpr bool is_known(LookupFamily family) {
  return family == LookupFamily::any || family == LookupFamily::ipv4 ||
         family == LookupFamily::ipv6;
}

struct Resolve {
  static constexpr RecordType kType = RecordType::resolve;

  LookupId lookup;
  LookupFamily family = LookupFamily::any;
  std::string_view name;  ///< letters, digits, '-', '_' and '.'; 1 to kMaxNameSize bytes

  static void fields(auto& io, auto& record) {
    io.id(record.lookup);
    io.enumerator(record.family, LookupFamily::any, LookupFamily::ipv6);
    io.require(is_known(record.family), RecordError::bad_family);
    io.host_name(record.name);
    io.require(!record.name.empty(), RecordError::bad_name);
  }
};

/// The numbers are those of the record.
enum class LookupStatus : std::uint8_t {
  found = 0,
  no_such_name = 1,
  filtered = 2,  ///< the name exists, but the policy denies all its addresses
  failed = 3,    ///< no answer; trying again may help
};

inline constexpr std::uint8_t kLookupStatusCount = 4;

struct Resolved {
  static constexpr RecordType kType = RecordType::resolved;

  LookupId lookup;
  LookupStatus status = LookupStatus::found;
  ResolvedAddresses addresses;  ///< only addresses that the policy lets the client send to

  static void fields(auto& io, auto& record) {
    io.id(record.lookup);
    io.enumerator(record.status, LookupStatus::found, LookupStatus::failed);
    io.list(record.addresses);
  }
};

}  // namespace floe::tunnel
