// An integer that names one kind of thing and cannot be mistaken for another kind.
#pragma once

#include <compare>
#include <cstdint>

namespace floe {

template <class Tag, class Representation = std::uint32_t>
class StrongId {
 public:
  constexpr StrongId() = default;
  constexpr explicit StrongId(Representation value) : value_(value) {}

  constexpr Representation value() const { return value_; }
  auto operator<=>(const StrongId&) const = default;

 private:
  Representation value_ = 0;
};

}  // namespace floe
