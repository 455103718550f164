#include "floe/tunnel/records/name_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

Resolve Resolve::parse(FieldReader& in) {
  Resolve resolve;
  resolve.lookup = in.id<LookupId>();
  const std::uint8_t family = in.u8();
  in.require(family == 0 || family == kFamily4 || family == kFamily6, RecordError::bad_family);
  resolve.family = static_cast<LookupFamily>(family);
  resolve.name = in.host_name();
  in.require(!resolve.name.empty(), RecordError::bad_name);
  return resolve;
}

void Resolve::write(ByteWriter& out) const {
  out.u16(lookup.value());
  out.u8(static_cast<std::uint8_t>(family));
  write_text(out, name, kMaxNameSize);
}

Resolved Resolved::parse(FieldReader& in) {
  Resolved resolved;
  resolved.lookup = in.id<LookupId>();
  resolved.status = in.enumerator<LookupStatus>(kLookupStatusCount, RecordError::unknown_status);
  resolved.addresses = ResolvedAddresses::parse(in);
  return resolved;
}

void Resolved::write(ByteWriter& out) const {
  out.u16(lookup.value());
  out.u8(static_cast<std::uint8_t>(status));
  out.u8(addresses.size());
  out.bytes(addresses.encoded());
}

}  // namespace floe::tunnel
