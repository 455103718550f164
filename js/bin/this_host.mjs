/** Whether a server is on this machine: then peers may be, too, and loopback is the way to them. */
export function isOnThisHost(url) {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
