/** As RFC 8122 writes it: "AB:CD:…". */
export function fingerprintText(fingerprint: ArrayBuffer): string {
  const bytes = [...new Uint8Array(fingerprint)];
  const texts = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  return texts.join(':').toUpperCase();
}

export function fingerprintBytes(fingerprint: string): ArrayBuffer {
  return Uint8Array.from(fingerprint.split(':'), (text) => parseInt(text, 16)).buffer;
}
