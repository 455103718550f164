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
  const std::size_t used = size * element_size;
  void* const before = data;
  const bool grows = size + count > capacity;
  if (grows) {
    capacity = std::max(size + count, 2 * capacity);
    const std::size_t room = capacity * element_size;
    data = ::operator new(room);
    if (used != 0) std::memcpy(data, before, used);
  }
  std::memcpy(static_cast<std::byte*>(data) + used, elements, count * element_size);
  size += count;
  // Only now, because `elements` may have been in it.
  if (grows) ::operator delete(before);
}

void ListStorage::erase(std::size_t first, std::size_t last, std::size_t element_size) {
  std::byte* const bytes = static_cast<std::byte*>(data);
  std::memmove(bytes + first * element_size, bytes + last * element_size,
               (size - last) * element_size);
  size -= last - first;
}

void ListStorage::swap(ListStorage& other) noexcept {
  std::swap(data, other.data);
  std::swap(size, other.size);
  std::swap(capacity, other.capacity);
}

}  // namespace floe
