// A program run as a child while a Loop of the test's goes on: what it is told, and all that it
// says.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "floe/native/unique_fd.h"
#include "loop_runner.h"

extern char** environ;

namespace floe::native::test {

struct ChildResult {
  int exit_status = -1;
  std::string output;  ///< standard output
  std::string errors;  ///< standard error
};

class ChildProcess {
 public:
  explicit ChildProcess(std::vector<std::string> arguments) {
    std::array<int, 2> input;  // sockets, since a pipe that nobody reads would end the test
    std::array<int, 2> output;
    std::array<int, 2> errors;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0) return;
    if (pipe2(output.data(), O_CLOEXEC) != 0 || pipe2(errors.data(), O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[1], 0);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawn_file_actions_adddup2(&actions, errors[1], 2);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    if (posix_spawn(&pid_, words[0], &actions, nullptr, words.data(), environ) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    for (const int fd : {input[1], output[1], errors[1]}) close(fd);
    input_ = UniqueFd(input[0]);
    output_ = UniqueFd(output[0]);
    errors_ = UniqueFd(errors[0]);
    for (const int fd : {output[0], errors[0]}) fcntl(fd, F_SETFL, O_NONBLOCK);
  }
  ~ChildProcess() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Writes to the child's standard input.
  void say(std::string_view text) const {
    (void)send(input_.get(), text.data(), text.size(), MSG_NOSIGNAL);
  }
  /// All that the child has said so far.
  const ChildResult& hear() {
    (void)has_ended();
    return result_;
  }

  /// Ends the child's input, and runs `loop` until the child has ended, or for `patience`.
  ChildResult finish(Loop& loop, Duration patience) {
    (void)shutdown(input_.get(), SHUT_WR);
    if (pid_ <= 0 || !run_until(
                         loop, [&] { return has_ended(); }, patience))
      return result_;
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    if (WIFEXITED(status)) result_.exit_status = WEXITSTATUS(status);
    return result_;
  }

 private:
  bool has_ended() {
    const bool output_ended = drain(output_, result_.output);
    return drain(errors_, result_.errors) && output_ended;
  }

  /// True at the end of what the child says.
  static bool drain(const UniqueFd& fd, std::string& text) {
    std::array<char, 4096> buffer;
    for (;;) {
      const ssize_t size = read(fd.get(), buffer.data(), buffer.size());
      if (size <= 0) return size == 0;
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  pid_t pid_ = -1;
  ChildResult result_;
  UniqueFd input_;
  UniqueFd output_;
  UniqueFd errors_;
};

}  // namespace floe::native::test
