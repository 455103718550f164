#include "floe/tunnel/records/address_lists.h"

#include <algorithm>
#include <array>

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"

namespace floe::tunnel {
namespace {

constexpr std::size_t kMaxEntrySize = 1 + 16 + 1 + kMaxInterfaceNameSize;

template <class Io>
void entry_fields(Io& io, IpAddress& ip) {
  io.ip(ip);
}
template <class Io>
void entry_fields(Io& io, BindableAddress& address) {
  io.ip(address.ip);
  io.text(address.interface_name, kMaxInterfaceNameSize);
}

}  // namespace

template <class Entry, class Source, std::size_t kMaxEntries>
auto AddressList<Entry, Source, kMaxEntries>::encode(std::span<const Source> addresses,
                                                     ByteVector& storage) -> AddressList {
  storage.clear();
  addresses = addresses.first(std::min(addresses.size(), kMaxEntries));
  for (const Source& source : addresses) {
    Entry entry{source};
    std::array<std::uint8_t, kMaxEntrySize> buffer;
    ByteWriter out{buffer};
    FieldWriter writer{out};
    entry_fields(writer, entry);
    const Bytes bytes = out.written();
    storage.insert(storage.end(), bytes.begin(), bytes.end());
  }
  AddressList list;
  list.count_ = static_cast<std::uint8_t>(addresses.size());
  list.entries_ = storage;
  return list;
}

template <class Entry, class Source, std::size_t kMaxEntries>
auto AddressList<Entry, Source, kMaxEntries>::parse(FieldReader& in) -> AddressList {
  AddressList list;
  in.u8(list.count_);
  in.require(list.count_ <= kMaxEntries, RecordError::too_many_addresses);
  const Bytes start = in.unread();
  for (std::size_t i = 0; i < list.count_ && in.ok(); ++i) {
    Entry entry;
    entry_fields(in, entry);
  }
  list.entries_ = start.first(start.size() - in.unread().size());
  return list;
}

template <class Entry, class Source, std::size_t kMaxEntries>
std::optional<Entry> AddressList<Entry, Source, kMaxEntries>::next() {
  if (count_ == 0) return std::nullopt;
  FieldReader in{entries_, 0};
  Entry entry;
  entry_fields(in, entry);
  entries_ = in.unread();
  --count_;
  return entry;
}

template class AddressList<BindableAddress, InterfaceAddress, kMaxBindableAddresses>;
template class AddressList<IpAddress, IpAddress, kMaxResolvedAddresses>;

}  // namespace floe::tunnel
