#include "measure/other_process.h"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "measure/program.h"

namespace floe::bench {

double OtherProcess::cpu_us() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  require(static_cast<bool>(std::getline(in, line)), "the server is gone");
  // After the name, which may have spaces in it: state and ten numbers, then utime and stime.
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  std::string word;
  for (int skipped = 0; skipped < 11; ++skipped) fields >> word;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double OtherProcess::resident_bytes() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/statm");
  double total = 0;
  double resident = 0;
  in >> total >> resident;
  require(resident > 0, "the server is gone");
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double OtherProcess::settled_resident_bytes() const {
  double bytes = resident_bytes();
  for (int tries = 0; tries < 20; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const double now = resident_bytes();
    if (now == bytes) break;
    bytes = now;
  }
  return bytes;
}

}  // namespace floe::bench
