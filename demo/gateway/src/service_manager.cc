#include "service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "floe/native/unique_fd.h"

namespace floe::gateway {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : std::string();
}

template <class Number>
Number number_of(const std::string& text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The watchdog is ours only if it names this process, or nobody.
Duration watchdog_interval() {
  const std::string pid = variable("WATCHDOG_PID");
  if (!pid.empty() && number_of<pid_t>(pid) != getpid()) return {};
  return std::chrono::microseconds(number_of<std::int64_t>(variable("WATCHDOG_USEC")));
}

}  // namespace

ServiceManager::ServiceManager(native::Loop& loop)
    : loop_(loop),
      socket_(variable("NOTIFY_SOCKET")),
      watchdog_(watchdog_interval()),
      timer_(loop.create(*this)) {}

void ServiceManager::say_ready() {
  send("READY=1\n");
  if (watchdog_ > Duration::zero()) timer_->arm(loop_.now() + watchdog_ / 2);
}

void ServiceManager::say_reloading() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  const auto microseconds = time.tv_sec * 1'000'000LL + time.tv_nsec / 1000;
  send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds) + "\n");
}

void ServiceManager::say_stopping(Duration at_most) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(at_most);
  send("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + std::to_string(microseconds.count()) + "\n");
}

void ServiceManager::handle_timeout(Timestamp now) {
  send("WATCHDOG=1\n");
  timer_->arm(now + watchdog_ / 2);
}

/// A name that begins with @ is in the abstract namespace, where that is a zero byte (unix(7)).
void ServiceManager::send(std::string_view lines) const {
  sockaddr_un address{};
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = '\0';
  const native::UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  // A manager that does not listen is no reason to stop.
  (void)::sendto(fd.get(), lines.data(), lines.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 reinterpret_cast<const sockaddr*>(&address), size);
}

}  // namespace floe::gateway
