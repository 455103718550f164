// A benchmark program: PROGRAM ROW [KEY=VALUE]…, which prints one line of figures.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace floe::bench {

/// The words KEY=VALUE of a command line; values are whole numbers.
class Options {
 public:
  Options(int count, char** words) : words_(words, words + count) {}

  std::int64_t number(std::string_view key, std::int64_t otherwise) const {
    for (const std::string_view word : words_) {
      if (!word.starts_with(key) || word.substr(key.size(), 1) != "=") continue;
      const std::string_view text = word.substr(key.size() + 1);
      std::int64_t value = 0;
      const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
      if (text.empty() || end != text.data() + text.size()) {
        throw std::runtime_error(std::string(key) + " takes a number");
      }
      return value;
    }
    return otherwise;
  }

  std::size_t count(std::string_view key, std::int64_t otherwise) const {
    return static_cast<std::size_t>(number(key, otherwise));
  }

 private:
  std::vector<std::string_view> words_;
};

struct Row {
  std::string_view name;
  void (*run)(const Options& options);
};

/// What cannot be measured ends the program, so that no figure stands for something else.
inline void require(bool condition, const char* otherwise) {
  if (!condition) throw std::runtime_error(otherwise);
}

inline int run_program(std::span<const Row> rows, int count, char** words) {
  const std::string_view wanted = count > 1 ? words[1] : "";
  try {
    for (const Row& row : rows) {
      if (row.name != wanted) continue;
      row.run(Options(count - 2, words + 2));
      return 0;
    }
    std::fprintf(stderr, "usage: %s ROW [KEY=VALUE]…; rows:", words[0]);
    for (const Row& row : rows) std::fprintf(stderr, " %s", std::string(row.name).c_str());
    std::fprintf(stderr, "\n");
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", std::string(wanted).c_str(), error.what());
    return 1;
  }
}

}  // namespace floe::bench
