/** Where floe/channels has its module; the build binds one to each entry. */
export interface ChannelsPlatform {
  loadModule(): Promise<WebAssembly.Module>;
}
