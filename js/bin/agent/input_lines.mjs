const lineSizeMax = 131072;

/** Calls `onLine` with each line of `stream`; one that is too long is reported and skipped. */
export async function readLines(stream, onLine, onTooLong) {
  stream.setEncoding('utf8');
  let rest = '';
  let skipping = false;
  for await (const chunk of stream) {
    const pieces = (rest + chunk).split('\n');
    rest = pieces.pop();
    for (const piece of pieces) {
      if (skipping || piece.length > lineSizeMax) {
        if (!skipping) onTooLong(lineSizeMax);
        skipping = false;
      } else if (piece.trim() !== '') {
        onLine(piece);
      }
    }
    if (rest.length > lineSizeMax) {
      if (!skipping) onTooLong(lineSizeMax);
      skipping = true;
      rest = '';
    }
  }
}
