#include "payload_store.h"

#include <algorithm>

namespace floe::c {

std::optional<Bytes> PayloadStore::keep(Bytes payload) {
  if (used_ == kHeldMax) return std::nullopt;
  if (used_ == buffers_.size()) buffers_.emplace_back();
  ByteVector& buffer = buffers_[used_++];
  buffer.assign(payload.begin(), payload.end());
  return buffer;
}

void PayloadStore::clear() {
  used_ = 0;
  if (buffers_.size() > kIdleMax) buffers_.resize(kIdleMax);
}

}  // namespace floe::c
