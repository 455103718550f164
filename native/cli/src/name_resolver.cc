#include "name_resolver.h"

#include <netdb.h>

#include <cstring>
#include <string>

#include "floe/native/posix_address.h"

namespace floe::cli {
namespace {

/// The task that was posted finds out through this whether anybody still wants to know.
class PostedResolution final : public Resolution {
 public:
  explicit PostedResolution(std::shared_ptr<ResolveListener*> listener)
      : listener_(std::move(listener)) {}
  ~PostedResolution() override { *listener_ = nullptr; }

 private:
  std::shared_ptr<ResolveListener*> listener_;
};

struct Found {
  std::vector<IpAddress> addresses;
  std::string error;
};

Found look_up(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(name.c_str(), nullptr, &hints, &list);
  if (error != 0) return {{}, gai_strerror(error)};
  Found found;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    if (entry->ai_family == AF_INET) {
      sockaddr_in v4;
      std::memcpy(&v4, entry->ai_addr, sizeof v4);
      found.addresses.push_back(native::to_ip_address(v4.sin_addr));
    } else if (entry->ai_family == AF_INET6) {
      sockaddr_in6 v6;
      std::memcpy(&v6, entry->ai_addr, sizeof v6);
      found.addresses.push_back(native::to_ip_address(v6.sin6_addr, v6.sin6_scope_id));
    }
  }
  freeaddrinfo(list);
  return found;
}

}  // namespace

std::unique_ptr<Resolution> NameResolver::resolve(std::string_view host_name,
                                                  ResolveListener& listener) {
  const auto shared = std::make_shared<ResolveListener*>(&listener);
  loop_.post([shared, name = std::string(host_name)] {
    if (*shared == nullptr) return;
    const Found found = look_up(name);
    (*shared)->on_resolved(found.addresses, found.error);
  });
  return std::make_unique<PostedResolution>(shared);
}

}  // namespace floe::cli
