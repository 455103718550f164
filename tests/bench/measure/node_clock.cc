#include <emscripten.h>

EM_JS(double, cpu_us_of_node, (), {
  const {user, system} = process.cpuUsage();
  return user + system;
});
