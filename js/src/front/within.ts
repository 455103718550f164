/** Settles as `wanted`, or rejects with `late()` when that takes longer than `ms`. */
export async function within<T>(wanted: Promise<T>, ms: number, late: () => unknown): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([wanted, limit]);
  } finally {
    clearTimeout(timer);
  }
}
