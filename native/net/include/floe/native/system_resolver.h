// Host names as this machine knows them: /etc/hosts, DNS and whatever else nsswitch.conf names.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/resolver.h"
#include "floe/native/loop.h"

namespace floe::native {

class LookupThreads;

/// What came of looking one name up.
struct NameLookup {
  std::vector<IpAddress> addresses = {};
  std::string error = {};   ///< for people; when there are no addresses
  bool is_unknown = false;  ///< nobody has that name: to ask again would not help
};

/// Called on a thread of its own, where it may block.
using NameLookupFunction = std::function<NameLookup(const std::string& host_name)>;

/// getaddrinfo(3), in the order of RFC 6724.
NameLookup look_up_by_system(const std::string& host_name);

/// A Resolution with what only a native host can tell.
class NameResolution : public Resolution {
 public:
  /// From on_resolved() on: nobody has that name, so it is not worth asking again.
  virtual bool is_unknown() const = 0;
};

/// Asks getaddrinfo on threads of its own, so that the loop goes on meanwhile.
///
/// Why not an asynchronous resolver: libwebsockets' reads neither /etc/hosts nor nsswitch.conf, and
/// a device is often named there and nowhere else. What getaddrinfo costs is that it cannot be
/// cancelled, so its threads are nobody's to wait for: a question is answered after kPatience
/// whatever its thread does, a thread that is stuck delays no other one, and neither the end of the
/// resolver nor that of the process waits for it. Threads live only while there is something to
/// ask, and take no signals.
///
/// Limits: kQuestionsMax at a time, LookupThreads::kThreadsMax of them asked at once, names of
/// kNameSizeMax bytes; what exceeds them is answered with an error.
class SystemResolver final : public Resolver, private WatchListener {
 public:
  static constexpr Duration kPatience = 5s;
  static constexpr std::size_t kQuestionsMax = 256;
  static constexpr std::size_t kNameSizeMax = 253;  // RFC 1035, section 2.3.4, without its end

  /// `loop` must outlive it, and it its resolutions.
  explicit SystemResolver(Loop& loop, NameLookupFunction lookup = look_up_by_system);
  ~SystemResolver();

  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;
  std::unique_ptr<NameResolution> resolve_name(std::string_view host_name,
                                               ResolveListener& listener);

 private:
  class Question;

  void on_ready(Readiness readiness) override;
  /// Why the question cannot be asked; empty: it is on its way.
  std::string_view ask(std::uint64_t number, std::string_view host_name);
  bool prepare();

  Loop& loop_;
  NameLookupFunction lookup_;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, Question*> questions_;
  std::shared_ptr<LookupThreads> threads_;  // made for the first question
  std::optional<Watch> watch_;
};

}  // namespace floe::native
