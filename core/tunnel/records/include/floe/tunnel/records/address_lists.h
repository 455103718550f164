// Lists of addresses inside a record: read in place, so a record needs no memory for them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "floe/api/network_monitor.h"
#include "floe/tunnel/records/limits.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::tunnel {

class FieldReader;

/// An address that a client may bind, and the gateway's name for the interface that has it.
struct BindableAddress {
  BindableAddress() = default;
  explicit BindableAddress(const InterfaceAddress& address)
      : ip(address.ip), interface_name(address.interface_name) {}

  IpAddress ip;
  std::string_view interface_name;  ///< UTF-8, at most kMaxInterfaceNameSize bytes
};

/// A view: the bytes belong to the message that was read, or to the storage of encode().
template <class Entry, class Source, std::size_t kMaxEntries>
class AddressList {
 public:
  /// Encodes at most kMaxEntries into `storage`, which must outlive the list. Names are cut to
  /// their greatest size.
  static AddressList encode(std::span<const Source> addresses, ByteVector& storage);
  /// Checks every entry, so that next() cannot fail.
  static AddressList parse(FieldReader& in);

  std::uint8_t size() const { return count_; }
  Bytes encoded() const { return entries_; }
  /// Removes the first entry from this view and returns it; empty when none is left.
  std::optional<Entry> next();

 private:
  std::uint8_t count_ = 0;
  Bytes entries_;
};

/// The addresses of WELCOME.
using BindableAddresses = AddressList<BindableAddress, InterfaceAddress, kMaxBindableAddresses>;
/// The addresses of RESOLVED.
using ResolvedAddresses = AddressList<IpAddress, IpAddress, kMaxResolvedAddresses>;

}  // namespace floe::tunnel
