#include "stream_io.h"

#include <cerrno>
#include <cstring>

namespace floe::native {

StreamFailure failure_of_errno(int number) {
  switch (number) {
    case ECONNREFUSED:
      return {StreamError::refused, "connection refused"};
    case ENETUNREACH:
    case EHOSTUNREACH:
      return {StreamError::unreachable, "there is no route to the server"};
    case EADDRNOTAVAIL:
      return {StreamError::unreachable, "there is no address to connect from"};
    case EACCES:
    case EPERM:
      return {StreamError::unreachable, "this system does not permit the connection"};
    case ETIMEDOUT:
      return {StreamError::timed_out, "the server does not answer"};
    case ECONNRESET:
    case EPIPE:
      return {StreamError::reset, "the server reset the connection"};
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return {StreamError::limit, "the system gave no descriptor for a connection"};
    default:
      return {StreamError::unreachable, std::strerror(number)};
  }
}

}  // namespace floe::native
