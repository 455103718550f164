// The threads that look host names up, and what passes between them and the loop.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "floe/native/system_resolver.h"
#include "floe/native/unique_fd.h"

namespace floe::native {

/// Each question starts a thread until kThreadsMax run; a thread takes questions as long as there
/// are any, and ends. Nothing waits for a thread: it keeps this object alive until it is done, and
/// its last answers are dropped when the resolver is gone.
///
/// Questions of one asker have at most kThreadsOfAskerMax threads, so that slow names of one delay
/// nobody else's. A thread whose question was withdrawn does not count any more, up to
/// kThreadsInAllMax: a lookup cannot be stopped, but its asker is not there any more.
///
/// All functions but run() are for the loop's thread.
class LookupThreads final : public std::enable_shared_from_this<LookupThreads> {
 public:
  static constexpr int kThreadsMax = 16;
  static constexpr int kThreadsOfAskerMax = 2;
  static constexpr int kThreadsInAllMax = 64;

  struct Answer {
    std::uint64_t number;
    NameLookup lookup;
  };

  explicit LookupThreads(NameLookupFunction lookup);

  /// Readable when there are answers; -1 when the kernel gave no descriptor.
  int fd() const { return answered_.get(); }
  /// False: no thread runs, and none could be started.
  bool ask(std::uint64_t number, AskerId asker, std::string host_name);
  /// Withdraws a question. A lookup that has begun cannot be stopped.
  void withdraw(std::uint64_t number);
  void withdraw_all();
  std::vector<Answer> take_answers();

 private:
  struct Question {
    std::uint64_t number;
    AskerId asker;
    std::string host_name;
  };

  static void* run(void* shared);
  bool start_thread();
  void look_up_all();
  // With mutex_ locked:
  bool start_threads();
  bool may_begin(const Question& question) const;
  std::deque<Question>::iterator next();
  int busy() const { return threads_ - abandoned_; }

  const NameLookupFunction lookup_;
  const UniqueFd answered_;
  std::mutex mutex_;  // protects the members below
  std::deque<Question> questions_;
  std::vector<Answer> answers_;
  std::map<std::uint64_t, AskerId> running_;  // the askers of the questions that threads look up
  int threads_ = 0;
  int abandoned_ = 0;  // threads whose question was withdrawn
};

}  // namespace floe::native
