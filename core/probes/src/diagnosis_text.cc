#include <algorithm>

#include "examination.h"
#include "floe/json/writer.h"
#include "floe/probes/doctor.h"

namespace floe::probes {
namespace {

constexpr std::size_t kVerdictWidth = 9;
constexpr std::size_t kSubjectWidth = 15;

std::string padded(std::string_view text, std::size_t width) {
  std::string all(text);
  all.append(all.size() < width ? width - all.size() : 2, ' ');
  return all;
}

std::string line_of(const Finding& finding) {
  return padded(to_text(finding.verdict), kVerdictWidth) + padded(finding.subject, kSubjectWidth) +
         finding.text + "\n";
}

std::string json_of(const Diagnosis& diagnosis) {
  json::Writer out;
  out.begin_object();
  out.name("findings").begin_array();
  for (const Finding& finding : diagnosis.findings) {
    out.begin_object();
    out.name("subject").string(finding.subject);
    out.name("verdict").string(to_text(finding.verdict));
    out.name("text").string(finding.text);
    out.end_object();
  }
  out.end_array();
  out.name("advice").string(diagnosis.advice);
  return out.end_object().take() + "\n";
}

}  // namespace

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::works:
      return "ok";
    case Verdict::doubtful:
      return "unsure";
    case Verdict::fails:
      return "failed";
    case Verdict::skipped:
      return "skipped";
  }
  return "?";
}

Diagnosis examine(BlockingHost& host, const DoctorOptions& options,
                  const std::function<void(const Finding&)>& on_finding) {
  return Examination(host, options, on_finding).run();
}

int run_doctor(BlockingHost& host, const DoctorOptions& options, bool json) {
  Console& console = host.console();
  const Diagnosis diagnosis = examine(host, options, [&](const Finding& finding) {
    if (!json) console.print(line_of(finding));
  });
  console.print(json ? json_of(diagnosis) : "\n" + diagnosis.advice + "\n");
  const auto fails = [](const Finding& finding) { return finding.verdict == Verdict::fails; };
  return std::ranges::any_of(diagnosis.findings, fails) ? 1 : 0;
}

}  // namespace floe::probes
