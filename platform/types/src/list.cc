#include "floe/types/list.h"

#include <cstring>
#include <new>

namespace floe {

ListStorage::~ListStorage() {
  ::operator delete(data);
}

void ListStorage::append(const void* element, std::size_t element_size) {
  append(element, 1, element_size);
}

void ListStorage::append(const void* elements, std::size_t count, std::size_t element_size) {
  if (count == 0) return;
  const std::size_t used = std::size_t{size} * element_size;
  void* const before = data;
  const std::size_t wanted = size + count;
  const bool grows = wanted > capacity;
  if (grows) {
    capacity = static_cast<std::uint32_t>(std::max(wanted, 2 * std::size_t{capacity}));
    data = ::operator new (std::size_t{capacity} * element_size);
    if (used != 0) std::memcpy(data, before, used);
  }
  std::memcpy(static_cast<std::byte*>(data) + used, elements, count * element_size);
  size = static_cast<std::uint32_t>(wanted);
  // Only now, because `elements` may have been in it.
  if (grows) ::operator delete(before);
}

void ListStorage::reserve(std::size_t count, std::size_t element_size) {
  if (count <= capacity) return;
  void* const before = data;
  data = ::operator new(count* element_size);
  if (size != 0) std::memcpy(data, before, std::size_t{size} * element_size);
  ::operator delete(before);
  capacity = static_cast<std::uint32_t>(count);
}

void ListStorage::erase(std::size_t first, std::size_t last, std::size_t element_size) {
  std::byte* const bytes = static_cast<std::byte*>(data);
  std::memmove(bytes + first * element_size, bytes + last * element_size,
               (size - last) * element_size);
  size -= static_cast<std::uint32_t>(last - first);
}

void ListStorage::swap(ListStorage& other) noexcept {
  std::swap(data, other.data);
  std::swap(size, other.size);
  std::swap(capacity, other.capacity);
}

}  // namespace floe
