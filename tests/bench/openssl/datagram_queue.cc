#include "openssl/datagram_queue.h"

#include <algorithm>

namespace floe::bench {

DatagramQueue::DatagramQueue() : method_(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "datagram queue")) {
  BIO_meth_set_write(method_, write);
  BIO_meth_set_read(method_, read);
  BIO_meth_set_ctrl(method_, control);
}

DatagramQueue::~DatagramQueue() {
  BIO_meth_free(method_);
}

BIO* DatagramQueue::end() {
  BIO* const bio = BIO_new(method_);
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  return bio;
}

int DatagramQueue::write(BIO* bio, const char* bytes, int size) {
  static_cast<DatagramQueue*>(BIO_get_data(bio))->datagrams_.emplace_back(bytes, bytes + size);
  return size;
}

int DatagramQueue::read(BIO* bio, char* out, int size) {
  auto& waiting = static_cast<DatagramQueue*>(BIO_get_data(bio))->datagrams_;
  BIO_clear_retry_flags(bio);
  if (waiting.empty()) {
    BIO_set_retry_read(bio);
    return -1;
  }
  const std::size_t count = std::min(waiting.front().size(), static_cast<std::size_t>(size));
  std::copy_n(waiting.front().begin(), count, out);
  waiting.pop_front();
  return static_cast<int>(count);
}

long DatagramQueue::control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

}  // namespace floe::bench
