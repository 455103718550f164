// What the reader of JSON makes of many texts, one a line, so that two builds can be compared:
//
//   floe_json_verdicts [DIRECTORY…]    the built-in texts, and those of the files in DIRECTORY
//
// A line has the text, the verdict and how the value is written again. After them, each text is
// changed at every place and the outcomes are summed up.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "floe/json/document.h"
#include "floe/json/writer.h"
#include "verdicts/seeds.h"

namespace {

using namespace floe;

constexpr std::size_t kShownMax = 60;
/// Texts that are longer are only read as they are.
constexpr std::size_t kChangedMax = 600;
/// Put in the place of each byte.
constexpr std::string_view kChanges{"\"\\{}[],:0-+.eE \xff\xc3\x00", 18};

/// FNV-1a, 64 bits.
class Digest {
 public:
  void add(std::string_view text) {
    for (const char c : text) {
      state_ = (state_ ^ static_cast<std::uint8_t>(c)) * 0x100000001b3u;
    }
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325u;
};

std::string verdict(std::string_view text) {
  const auto document = json::Document::parse(text);
  if (document) return "read as " + json::Writer().value(document->root()).take();
  return std::string(to_text(document.error().code)) + " (at " +
         std::to_string(document.error().position) + ")";
}

std::string shorten(std::string text) {
  if (text.size() <= kShownMax) return text;
  Digest digest;
  digest.add(text);
  return text.substr(0, kShownMax) + "... " + std::to_string(text.size()) + " bytes, " +
         std::to_string(digest.value());
}

std::string summarize_changes(const std::string& text) {
  Digest digest;
  std::size_t read = 0;
  std::size_t refused = 0;
  const auto judge = [&](const std::string& changed) {
    const std::string found = verdict(changed);
    ++(found.starts_with("read") ? read : refused);
    digest.add(found);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    judge(text.substr(0, i));
    judge(text.substr(0, i) + text.substr(i + 1));
    for (const char change : kChanges) judge(text.substr(0, i) + change + text.substr(i + 1));
  }
  return std::to_string(read) + " read, " + std::to_string(refused) + " refused, " +
         std::to_string(digest.value());
}

std::vector<std::string> texts_in(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<std::string> texts;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> texts = json::verdict_seeds();
  for (int i = 1; i < argc; ++i) std::ranges::move(texts_in(argv[i]), std::back_inserter(texts));

  Digest all;
  const auto print = [&](const std::string& line) {
    all.add(line);
    std::cout << line << '\n';
  };
  for (const std::string& text : texts) {
    print(shorten(json::Writer().string(text).take()) + "  " + shorten(verdict(text)));
  }
  for (const std::string& text : texts) {
    if (text.size() > kChangedMax) continue;
    print(shorten(json::Writer().string(text).take()) + " changed:  " + summarize_changes(text));
  }
  std::cout << texts.size() << " texts, " << all.value() << '\n';
}
