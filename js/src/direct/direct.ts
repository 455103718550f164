// What a page loads when it looks for a direct path.
export { DirectAttempt } from './direct_attempt.js';
export { DirectPath } from './direct_path.js';
export { directEnds } from './direct_ends.js';
