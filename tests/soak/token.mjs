// Tokens, such as a web server makes for its users (RFC 7519, HS256).
import { createHmac } from 'node:crypto';

export const kSecret = 'the-secret-of-the-soak';

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/// `subject` is whose it is: no two clients have the same.
export function tokenFor(subject) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ aud: 'floe-gateway', sub: subject, native: true },
    ...{ iat: now, exp: now + 24 * 3600 - 60 },
  };
  const text = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(claims)}`;
  return `${text}.${createHmac('sha256', kSecret).update(text).digest('base64url')}`;
}
