// Datagrams in memory, one for each write, as a BIO: a memory BIO of OpenSSL would join them.
#pragma once

#include <openssl/bio.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace floe::bench {

/// Must outlive the BIOs that it makes.
class DatagramQueue {
 public:
  DatagramQueue();
  ~DatagramQueue();
  DatagramQueue(const DatagramQueue&) = delete;
  DatagramQueue& operator=(const DatagramQueue&) = delete;

  /// One more end of the queue, to write to or to read from.
  BIO* end();

 private:
  static int write(BIO* bio, const char* bytes, int size);
  static int read(BIO* bio, char* out, int size);
  static long control(BIO* bio, int command, long number, void* pointer);

  BIO_METHOD* method_;
  std::deque<std::vector<char>> datagrams_;
};

}  // namespace floe::bench
