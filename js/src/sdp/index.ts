export { fromSdp, fromSdpFragment } from './from_sdp.js';
export type { SdpOptions, SkippedFunction } from './sdp_text.js';
export { type SdpWriteOptions, toSdp, toSdpFragment } from './to_sdp.js';
