#include "floe/tunnel/records/address_lists.h"

#include <algorithm>
#include <array>

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {
namespace {

constexpr std::size_t kMaxEntrySize = 1 + 16 + 1 + kMaxInterfaceNameSize;

BindableAddress read_bindable(FieldReader& in) {
  BindableAddress address;
  address.ip = in.ip();
  address.interface_name = in.text(kMaxInterfaceNameSize);
  return address;
}

void append(ByteVector& storage, const ByteWriter& entry) {
  const Bytes bytes = entry.written();
  storage.insert(storage.end(), bytes.begin(), bytes.end());
}

/// Reads `count` entries to check them, and returns the bytes they take.
template <class ReadEntry>
Bytes check_entries(FieldReader& in, std::size_t count, ReadEntry read_entry) {
  const Bytes start = in.unread();
  for (std::size_t i = 0; i < count && in.ok(); ++i) read_entry(in);
  return start.first(start.size() - in.unread().size());
}

}  // namespace

BindableAddresses BindableAddresses::encode(std::span<const InterfaceAddress> addresses,
                                            ByteVector& storage) {
  storage.clear();
  addresses = addresses.first(std::min(addresses.size(), kMaxBindableAddresses));
  for (const InterfaceAddress& address : addresses) {
    std::array<std::uint8_t, kMaxEntrySize> buffer;
    ByteWriter entry{buffer};
    write_ip(entry, address.ip);
    write_text(entry, address.interface_name, kMaxInterfaceNameSize);
    append(storage, entry);
  }
  BindableAddresses list;
  list.count_ = static_cast<std::uint8_t>(addresses.size());
  list.entries_ = storage;
  return list;
}

BindableAddresses BindableAddresses::parse(FieldReader& in) {
  BindableAddresses list;
  list.count_ = in.u8();
  in.require(list.count_ <= kMaxBindableAddresses, RecordError::too_many_addresses);
  list.entries_ = check_entries(in, list.count_, read_bindable);
  return list;
}

std::optional<BindableAddress> BindableAddresses::next() {
  if (count_ == 0) return std::nullopt;
  FieldReader in{entries_, 0};
  const BindableAddress address = read_bindable(in);
  entries_ = in.unread();
  --count_;
  return address;
}

ResolvedAddresses ResolvedAddresses::encode(std::span<const IpAddress> addresses,
                                            ByteVector& storage) {
  storage.clear();
  addresses = addresses.first(std::min(addresses.size(), kMaxResolvedAddresses));
  for (const IpAddress& ip : addresses) {
    std::array<std::uint8_t, kMaxEntrySize> buffer;
    ByteWriter entry{buffer};
    write_ip(entry, ip);
    append(storage, entry);
  }
  ResolvedAddresses list;
  list.count_ = static_cast<std::uint8_t>(addresses.size());
  list.entries_ = storage;
  return list;
}

ResolvedAddresses ResolvedAddresses::parse(FieldReader& in) {
  ResolvedAddresses list;
  list.count_ = in.u8();
  in.require(list.count_ <= kMaxResolvedAddresses, RecordError::too_many_addresses);
  list.entries_ = check_entries(in, list.count_, [](FieldReader& entry) { (void)entry.ip(); });
  return list;
}

std::optional<IpAddress> ResolvedAddresses::next() {
  if (count_ == 0) return std::nullopt;
  FieldReader in{entries_, 0};
  const IpAddress ip = in.ip();
  entries_ = in.unread();
  --count_;
  return ip;
}

}  // namespace floe::tunnel
