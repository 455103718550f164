#include "floe/native/system_resolver.h"

#include <netdb.h>

#include <algorithm>

#include "floe/native/posix_address.h"
#include "lookup_threads.h"

namespace floe::native {
namespace {

std::optional<IpAddress> to_ip(const addrinfo& info) {
  if (info.ai_family == AF_INET) {
    return to_ip_address(reinterpret_cast<const sockaddr_in*>(info.ai_addr)->sin_addr);
  }
  if (info.ai_family != AF_INET6) return std::nullopt;
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(info.ai_addr);
  return to_ip_address(v6->sin6_addr, v6->sin6_scope_id);
}

bool says_unknown(int error) {
  return error == EAI_NONAME || error == EAI_NODATA;
}

}  // namespace

NameLookup look_up_by_system(const std::string& host_name) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_DGRAM;  // one entry for each address, not for each kind of socket
  addrinfo* first = nullptr;
  const int error = getaddrinfo(host_name.c_str(), nullptr, &hints, &first);
  if (error != 0) return {{}, gai_strerror(error), says_unknown(error)};
  NameLookup found;
  for (const addrinfo* i = first; i != nullptr; i = i->ai_next) {
    const auto ip = to_ip(*i);
    if (ip) found.addresses.push_back(*ip);
  }
  freeaddrinfo(first);
  if (found.addresses.empty()) found.error = "it has no address";
  return found;
}

/// The resolver refers to it until it is answered.
class SystemResolver::Question final : public NameResolution, private TimerListener {
 public:
  Question(SystemResolver& resolver, std::uint64_t number, ResolveListener& listener)
      : resolver_(resolver),
        number_(number),
        listener_(listener),
        timer_(resolver.loop_.create(*this)) {
    resolver_.questions_.emplace(number_, this);
  }
  ~Question() override { forget(); }

  bool is_unknown() const override { return is_unknown_; }

  void fail_at(Timestamp when, std::string_view error) {
    error_ = error;
    timer_->arm(when);
  }

  /// The listener may destroy this.
  void answer(const NameLookup& lookup) {
    forget();
    is_unknown_ = lookup.is_unknown;
    listener_.on_resolved(lookup.addresses, lookup.error);
  }

 private:
  void handle_timeout(Timestamp) override { answer({{}, std::string(error_), false}); }

  void forget() {
    timer_->arm(kNever);
    if (resolver_.questions_.erase(number_) == 0) return;
    if (resolver_.threads_) resolver_.threads_->withdraw(number_);
  }

  SystemResolver& resolver_;
  std::uint64_t number_;
  ResolveListener& listener_;
  std::unique_ptr<Timer> timer_;
  std::string_view error_;  // the error that the timer will tell
  bool is_unknown_ = false;
};

SystemResolver::SystemResolver(Loop& loop, NameLookupFunction lookup)
    : loop_(loop), lookup_(std::move(lookup)) {}

SystemResolver::~SystemResolver() {
  if (threads_) threads_->withdraw_all();
}

std::unique_ptr<Resolution> SystemResolver::resolve(std::string_view host_name,
                                                    ResolveListener& listener) {
  return resolve_name(host_name, listener);
}

std::unique_ptr<NameResolution> SystemResolver::resolve_name(std::string_view host_name,
                                                             ResolveListener& listener,
                                                             AskerId asker) {
  const std::string_view error = ask(++last_number_, asker, host_name);
  auto question = std::make_unique<Question>(*this, last_number_, listener);
  if (error.empty()) {
    question->fail_at(loop_.now() + kPatience, "no answer within 5 seconds");
  } else {
    question->fail_at(loop_.now(), error);
  }
  return question;
}

std::string_view SystemResolver::ask(std::uint64_t number, AskerId asker,
                                     std::string_view host_name) {
  const bool has_end = host_name.find('\0') != std::string_view::npos;  // getaddrinfo would stop
  if (host_name.empty() || host_name.size() > kNameSizeMax || has_end) return "not a host name";
  if (questions_.size() >= kQuestionsMax) return "too many names are being looked up";
  if (!prepare()) return "the system gave no descriptor to look a name up";
  if (!threads_->ask(number, asker, std::string(host_name))) return "the system gave no thread";
  return {};
}

bool SystemResolver::prepare() {
  if (threads_) return true;
  auto threads = std::make_shared<LookupThreads>(lookup_);
  if (threads->fd() < 0) return false;
  threads_ = std::move(threads);
  watch_.emplace(loop_, threads_->fd(), static_cast<WatchListener&>(*this));
  watch_->set_interest(true, false);
  return true;
}

void SystemResolver::on_ready(Readiness) {
  for (const LookupThreads::Answer& answer : threads_->take_answers()) {
    // If the question is not found, it was withdrawn, or its timer has answered it.
    const auto question = questions_.find(answer.number);
    if (question != questions_.end()) question->second->answer(answer.lookup);
  }
}

}  // namespace floe::native
