// Lists of addresses inside a record: read in place, so a record needs no memory of its own.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "floe/api/network_monitor.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::tunnel {

class FieldReader;

/// An address that a client may bind, and the gateway's name for the interface that has it.
struct BindableAddress {
  IpAddress ip;
  std::string_view interface_name;  ///< UTF-8, at most kMaxInterfaceNameSize bytes
};

/// The addresses of WELCOME. A view: the bytes belong to the message, or to whoever encoded them.
class BindableAddresses {
 public:
  BindableAddresses() = default;
  /// Encodes at most kMaxBindableAddresses into `storage`, which must outlive the list. Names are
  /// cut to their longest.
  static BindableAddresses encode(std::span<const InterfaceAddress> addresses, ByteVector& storage);
  /// Checks every entry, so that next() cannot fail.
  static BindableAddresses parse(FieldReader& in);

  std::uint8_t size() const { return count_; }
  Bytes encoded() const { return entries_; }
  /// Takes the first entry off this view; empty when none is left.
  std::optional<BindableAddress> next();

 private:
  std::uint8_t count_ = 0;
  Bytes entries_;
};

/// The addresses of RESOLVED. A view, as above.
class ResolvedAddresses {
 public:
  ResolvedAddresses() = default;
  /// Encodes at most kMaxResolvedAddresses into `storage`, which must outlive the list.
  static ResolvedAddresses encode(std::span<const IpAddress> addresses, ByteVector& storage);
  static ResolvedAddresses parse(FieldReader& in);

  std::uint8_t size() const { return count_; }
  Bytes encoded() const { return entries_; }
  std::optional<IpAddress> next();

 private:
  std::uint8_t count_ = 0;
  Bytes entries_;
};

}  // namespace floe::tunnel
