// Records that ask the server to look a host name up. The only place where a name may appear:
// nothing is ever sent to a name. Needs Capability::resolve.
#pragma once

#include <string_view>

#include "floe/tunnel/records/address_lists.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

/// The numbers are those of the record.
enum class LookupFamily : std::uint8_t { any = 0, ipv4 = 4, ipv6 = 6 };

struct Resolve {
  static constexpr RecordType kType = RecordType::resolve;

  LookupId lookup;
  LookupFamily family = LookupFamily::any;
  std::string_view name;  ///< letters, digits, '-', '_' and '.'; 1 to kMaxNameSize bytes

  static Resolve parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The numbers are those of the record.
enum class LookupStatus : std::uint8_t {
  found = 0,
  no_such_name = 1,
  filtered = 2,  ///< the name exists, but policy closes all its addresses
  failed = 3,    ///< no answer; trying again may help
};

inline constexpr std::uint8_t kLookupStatusCount = 4;

struct Resolved {
  static constexpr RecordType kType = RecordType::resolved;

  LookupId lookup;
  LookupStatus status = LookupStatus::found;
  ResolvedAddresses addresses;  ///< those that policy lets the client send to

  static Resolved parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

}  // namespace floe::tunnel
