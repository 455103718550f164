#include "commands.h"

#include <unistd.h>

#include <array>
#include <cstdio>

namespace floe::soak {

Commands::Commands(native::Loop& loop, Crowd& crowd)
    : loop_(loop), crowd_(crowd), input_(loop, STDIN_FILENO, *this) {
  input_.set_interest(true, false);
}

void Commands::on_ready(native::Readiness) {
  std::array<char, 256> buffer;
  const ssize_t size = read(STDIN_FILENO, buffer.data(), buffer.size());
  if (size <= 0) return loop_.stop();  // who asks is gone
  text_.append(buffer.data(), static_cast<std::size_t>(size));
  for (std::size_t end = 0; (end = text_.find('\n')) != text_.npos;) {
    obey(text_.substr(0, end));
    text_.erase(0, end + 1);
  }
}

void Commands::obey(std::string_view command) {
  if (command == "end") loop_.stop();
  if (command == "quiet") crowd_.be_quiet(true);
  if (command == "loud") crowd_.be_quiet(false);
  if (command == "tokens") crowd_.read_tokens();
  std::printf("%s\n", command == "report" ? crowd_.report().c_str() : "{}");
  std::fflush(stdout);
}

}  // namespace floe::soak
