/**
 * What `FloeError.code` can be. ERRORS.md of the package says what each means and what to do; a test
 * compares the two.
 */
export type FloeErrorCode =
  // Arguments.
  | 'bad-address'
  | 'bad-argument'
  | 'bad-candidate'
  | 'bad-ice-server'
  | 'bad-password'
  | 'bad-port'
  | 'bad-room'
  | 'bad-ufrag'
  | 'bad-url'
  | 'candidate-ignored'
  | 'no-credential'
  | 'no-gateway'
  | 'no-signaling'
  | 'not-bytes'
  // The order of calls.
  | 'closed'
  | 'gathered'
  | 'negotiated'
  | 'no-transport'
  | 'other-generation'
  | 'start-refused'
  // The runtime.
  | 'engine-lost'
  | 'module-not-loaded'
  | 'no-webrtc'
  | 'no-websocket'
  // The gateway.
  | 'bind-failed'
  | 'gateway-closed'
  | 'gateway-refused'
  | 'gateway-unreachable'
  | 'local-network-denied'
  | 'unauthorized'
  // The encryption.
  | 'bad-parameters'
  | 'dtls-unavailable'
  | 'false-reveal'
  | 'fingerprint-mismatch'
  | 'handshake-failed'
  | 'handshake-timeout'
  | 'not-encrypted'
  | 'not-expected'
  | 'refused-by-peer'
  // Data channels.
  | 'buffer-full'
  | 'channel-limit'
  | 'message-too-long'
  | 'no-channels'
  | 'not-open'
  // The room and its members.
  | 'bad-message'
  | 'no-answer'
  | 'no-path'
  | 'no-path-yet'
  | 'no-peer'
  | 'no-such-peer'
  | 'rate'
  | 'room-full'
  | 'signaling-refused'
  | 'signaling-unreachable'
  // What should not happen.
  | 'bad-command'
  | 'other'
  | 'unexpected';
