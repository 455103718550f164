/** Bytes to send, as lib.dom's BufferSource, which the types of Node do not name. */
export type BytesLike = ArrayBuffer | ArrayBufferView;

/** Bytes in an ArrayBuffer of their own: a Uint8Array, which has type arguments since TypeScript 5.7. */
export type OwnBytes = ReturnType<Uint8Array['slice']>;
