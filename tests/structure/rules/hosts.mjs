// core, platform and all other modules of floe::core run on every host. So they have no header of a
// system, no #if for one, no clock, and no std::…_distribution, whose numbers differ between libraries.
const kSystemHeader =
  /^#include <(sys\/|unistd|netinet|arpa|emscripten|libwebsockets|thread|mutex|iostream)/;
const kIfHost = /^#\s*(if|elif).*(__EMSCRIPTEN__|__linux__|_WIN32|__APPLE__)/;
const kClock = /\b(sleep_for|usleep|system_clock|steady_clock|_distribution)\b/;

export function* hostProblems(tree, modules) {
  for (const file of modules.sources()) {
    if (!/^(core|platform)\//.test(file) && modules.of(file)?.archive !== 'core') continue;
    for (const [index, line] of tree.lines(file).entries()) {
      const at = `${file}:${index + 1}`;
      if (kSystemHeader.test(line)) yield `${at}: this module is for every host`;
      if (kIfHost.test(line)) yield `${at}: no #if for a host`;
      if (kClock.test(line)) yield `${at}: this module has no clock and no library distributions`;
    }
  }
}
