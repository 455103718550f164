// A vector of elements that are copied as plain bytes.
//
// Why: one function makes room for all types of elements. std::vector has code of its own for each
// type, and a page loads all of it.
//
// Where: in modules that are linked into the wasm module, for elements that are trivially copyable.
// Everywhere else std::vector: for elements that own something, in floe/api, which every host
// implements, and in modules that are native only.
//
// An iterator is a pointer, and becomes invalid when std::vector's would. A List has no limit: the
// code that adds elements keeps one, below 2^32.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace floe {

/// A List without the type of its elements; each call passes their size in bytes.
class ListStorage {
 public:
  ListStorage() = default;
  ListStorage(ListStorage&& other) noexcept { swap(other); }
  ListStorage& operator=(ListStorage&&) = delete;
  ~ListStorage();

  /// `element` may be an element of this list.
  void append(const void* element, std::size_t element_size);
  void append(const void* elements, std::size_t count, std::size_t element_size);
  void reserve(std::size_t count, std::size_t element_size);
  void erase(std::size_t first, std::size_t last, std::size_t element_size);
  void swap(ListStorage& other) noexcept;

  void* data = nullptr;
  // In 32 bits, because an agent has a dozen of lists and a server a thousand of agents.
  std::uint32_t size = 0;
  std::uint32_t capacity = 0;
};

template <class T>
class List {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  List() = default;
  explicit List(std::span<const T> elements) {
    storage_.append(elements.data(), elements.size(), sizeof(T));
  }
  List(const List& other) : List(std::span<const T>(other)) {}
  List(List&&) noexcept = default;
  List& operator=(const List& other) { return *this = List(other); }
  // By reference: clang 14 forgets to destroy a parameter that is passed by value as `{}`.
  List& operator=(List&& other) noexcept {
    List old(std::move(*this));
    storage_.swap(other.storage_);
    return *this;
  }
  ~List() = default;

  T* data() { return static_cast<T*>(storage_.data); }
  const T* data() const { return static_cast<const T*>(storage_.data); }
  std::size_t size() const { return storage_.size; }
  std::size_t capacity() const { return storage_.capacity; }
  bool empty() const { return size() == 0; }

  T* begin() { return data(); }
  T* end() { return data() + size(); }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size(); }

  T& operator[](std::size_t place) {
    assert(place < size());
    return data()[place];
  }
  const T& operator[](std::size_t place) const {
    assert(place < size());
    return data()[place];
  }
  T& front() { return (*this)[0]; }
  const T& front() const { return (*this)[0]; }
  T& back() { return (*this)[size() - 1]; }
  const T& back() const { return (*this)[size() - 1]; }

  void push_back(const T& element) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));
    storage_.append(&element, sizeof(T));
  }
  /// Room for `count` elements at least, without more to spare.
  void reserve(std::size_t count) { storage_.reserve(count, sizeof(T)); }
  /// New elements are as T{} makes them.
  void resize(std::size_t size) {
    while (this->size() < size) push_back(T{});
    storage_.size = static_cast<std::uint32_t>(size);
  }
  void pop_back() { --storage_.size; }
  void clear() { storage_.size = 0; }
  void erase(const T* place) { erase(place, place + 1); }
  void erase(const T* first, const T* last) {
    storage_.erase(static_cast<std::size_t>(first - begin()),
                   static_cast<std::size_t>(last - begin()), sizeof(T));
  }
  void remove(const T& element) {
    erase_if([&](const T& other) { return other == element; });
  }
  /// Returns how many elements were removed.
  template <class Predicate>
  std::size_t erase_if(Predicate predicate) {
    const T* const kept_end = std::remove_if(begin(), end(), predicate);
    const auto gone = static_cast<std::uint32_t>(end() - kept_end);
    storage_.size -= gone;
    return gone;
  }

  friend bool operator==(const List& a, const List& b) { return std::ranges::equal(a, b); }
  friend bool operator==(const List& a, std::span<const T> b) { return std::ranges::equal(a, b); }

 private:
  ListStorage storage_;
};

}  // namespace floe
