// A value, or the reason why there is none.
//
// For functions that parse what a network sent: the reason is an enumerator, so failing costs no
// allocation however often an attacker makes it happen.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace floe {

template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
  Result(E error) : content_(std::in_place_index<1>, error) {}             // NOLINT: implicit

  explicit operator bool() const { return content_.index() == 0; }
  bool has_value() const { return content_.index() == 0; }

  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E error() const {
    assert(content_.index() == 1);
    return *std::get_if<1>(&content_);
  }

 private:
  T& value() {
    assert(content_.index() == 0);
    return *std::get_if<0>(&content_);
  }
  const T& value() const {
    assert(content_.index() == 0);
    return *std::get_if<0>(&content_);
  }

  std::variant<T, E> content_;
};

}  // namespace floe
