#include "process_metrics.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "metric_page.h"

namespace floe::gateway {
namespace {

/// Fields of /proc/self/stat (proc(5)), counted from the third: the second, the name, may have
/// spaces.
struct ProcessStat {
  double cpu_ticks = 0;
  double start_ticks = 0;
  double virtual_bytes = 0;
  double resident_pages = 0;
};

ProcessStat read_stat() {
  std::ifstream in("/proc/self/stat");
  std::string line;
  std::getline(in, line);
  const std::size_t end_of_name = line.rfind(')');
  ProcessStat stat;
  if (end_of_name == line.npos) return stat;
  std::istringstream fields(line.substr(end_of_name + 1));
  std::string field;
  for (int number = 3; fields >> field; ++number) {
    if (number == 14 || number == 15) stat.cpu_ticks += std::stod(field);
    if (number == 22) stat.start_ticks = std::stod(field);
    if (number == 23) stat.virtual_bytes = std::stod(field);
    if (number == 24) stat.resident_pages = std::stod(field);
  }
  return stat;
}

/// Seconds since 1970 at which the machine started.
double boot_time() {
  std::ifstream in("/proc/stat");
  std::string name;
  double value = 0;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    if (words >> name && name == "btime" && words >> value) return value;
  }
  return 0;
}

double count_open_descriptors() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  int count = -3;  // two dots, and the folder itself
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

}  // namespace

void add_process_metrics(MetricPage& page) {
  const ProcessStat stat = read_stat();
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  rlimit limit{};
  (void)getrlimit(RLIMIT_NOFILE, &limit);
  page.counter("process_cpu_seconds_total", "Time of the processor, user and system",
               stat.cpu_ticks / ticks);
  page.gauge("process_resident_memory_bytes", "Memory that is in use",
             stat.resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)));
  page.gauge("process_virtual_memory_bytes", "Memory that is mapped", stat.virtual_bytes);
  page.gauge("process_open_fds", "Descriptors that are open", count_open_descriptors());
  page.gauge("process_max_fds", "Descriptors that may be open",
             static_cast<double>(limit.rlim_cur));
  page.gauge("process_start_time_seconds", "When the process started, since 1970",
             boot_time() + stat.start_ticks / ticks);
}

}  // namespace floe::gateway
