import { FloeError } from '../floe_error.js';
import { IceCandidate, type IceCandidateInit } from '../ice_candidate.js';

/** The most candidates that wait for the parameters of their generation; then the oldest goes. */
const heldMax = 64;

/** The peer's generation, by its usernameFragment, and the candidates that wait for their own. */
export class RemoteGeneration {
  /** Undefined until start(), and after a restart until the next one. */
  #current: string | undefined;
  /** Of any generation: those that were left are of no use, and give way. */
  #held: IceCandidate[] = [];

  /** start() names `fragment`. Returns the candidates that waited for it. */
  begin(fragment: string): IceCandidate[] {
    this.#current ??= fragment; // without a restart, the engine refuses another one
    return this.#held.filter((held) => held.usernameFragment === this.#current);
  }

  /** A restart: the peer's next parameters begin another generation. */
  leave(): void {
    this.#current = undefined;
  }

  /**
   * Whether the candidate of `init` is of the current generation, as it is without a fragment. If not,
   * it waits for its own, or is removed from those that wait.
   *
   * W3C, addIceCandidate(): "If candidate.usernameFragment is not null, and is not equal to any
   * username fragment present in the corresponding media description of an applied remote
   * description, return a promise rejected with a newly created OperationError."
   */
  has(init: IceCandidateInit, removes = false): IceCandidate | undefined {
    const candidate = new IceCandidate(init);
    const { usernameFragment } = candidate;
    if ((usernameFragment ?? this.#current) === this.#current) return candidate;
    if (this.#current) {
      const text = `start() did not name "${usernameFragment}".`;
      throw new FloeError('OperationError', 'other-generation', text);
    }
    this.#held = this.#held.filter((held) => held.candidate !== candidate.candidate);
    if (!removes) this.#held.splice(0, this.#held.push(candidate) - heldMax);
    return undefined;
  }
}
