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

/// The result of one lookup.
struct NameLookup {
  std::vector<IpAddress> addresses = {};
  std::string error = {};   ///< a sentence to show; empty when there are addresses
  bool is_unknown = false;  ///< the name does not exist: asking again would not help
};

/// The function that looks a name up. It is called on a separate thread, where it may block.
using NameLookupFunction = std::function<NameLookup(const std::string& host_name)>;

/// getaddrinfo(3), in the order of RFC 6724.
NameLookup look_up_by_system(const std::string& host_name);

/// For whom a name is looked up. Each asker has a share of the threads that look names up.
using AskerId = std::uint64_t;
inline constexpr AskerId kNoAsker = 0;  ///< no share: as many threads as there are

/// A Resolution that also tells whether the name exists, which only a native host can say.
class NameResolution : public Resolution {
 public:
  /// Valid from on_resolved() on. True: the name does not exist, so asking again would not help.
  virtual bool is_unknown() const = 0;
};

/// Asks getaddrinfo on separate threads, so that the loop goes on during a lookup.
///
/// Why not an asynchronous resolver: the one of libwebsockets reads neither /etc/hosts nor
/// nsswitch.conf, and a device is often named there and nowhere else. The price is that getaddrinfo
/// cannot be cancelled, so nothing waits for its threads: a question is answered after kPatience
/// even if its thread is stuck, a stuck thread delays no other thread, and neither the resolver nor
/// the process waits for it at the end. Threads live only while there are questions, and block all
/// signals.
///
/// Limits: kQuestionsMax at a time, as many of them at once as LookupThreads has threads, names of
/// kNameSizeMax bytes; a question beyond these limits is answered with an error.
class SystemResolver final : public Resolver, private WatchListener {
 public:
  static constexpr Duration kPatience = 5s;
  static constexpr std::size_t kQuestionsMax = 1024;
  static constexpr std::size_t kNameSizeMax = 253;  // RFC 1035, section 2.3.4, without a final dot

  /// `loop` must outlive the resolver, and the resolver must outlive its resolutions.
  explicit SystemResolver(Loop& loop, NameLookupFunction lookup = look_up_by_system);
  ~SystemResolver();

  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;
  std::unique_ptr<NameResolution> resolve_name(std::string_view host_name,
                                               ResolveListener& listener, AskerId asker = kNoAsker);

 private:
  class Question;

  void on_ready(Readiness readiness) override;
  /// Says why the question cannot be asked; empty: it has been passed to a thread.
  std::string_view ask(std::uint64_t number, AskerId asker, std::string_view host_name);
  bool prepare();

  Loop& loop_;
  NameLookupFunction lookup_;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, Question*> questions_;
  std::shared_ptr<LookupThreads> threads_;  // made for the first question
  std::optional<Watch> watch_;
};

}  // namespace floe::native
