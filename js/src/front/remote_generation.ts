import { FloeError } from '../floe_error.js';
import { IceCandidate, type IceCandidateInit } from '../ice_candidate.js';
import type { IceParameters } from '../ice_parameters.js';
import { checkCandidateLine } from './candidate_line.js';

/** The most candidates that wait for the parameters of their generation; then the oldest goes. */
const heldMax = 64;

/** The peer's generation, by its usernameFragment, and the candidates that wait for their own. */
export class RemoteGeneration {
  /** Undefined until start(), and after a restart until the next one. */
  #current: IceParameters | undefined;
  /** Of any generation: those that were left are of no use, and give way. */
  #held: IceCandidate[] = [];

  /**
   * start() names `parameters`. Returns the candidates that waited for them. Throws when there are
   * others already, and no restart was in between, or for another role.
   */
  begin(parameters: IceParameters, isOtherRole: boolean): IceCandidate[] {
    const { usernameFragment, password } = this.#current ?? parameters;
    const isSame = usernameFragment === parameters.usernameFragment;
    if (isOtherRole || !isSame || password !== parameters.password) {
      const text = 'start() was called before, with other parameters or another role.';
      throw new FloeError('InvalidStateError', 'start-refused', text, {
        hint: 'Call restart() first, and leave the role out.',
      });
    }
    this.#current = { ...parameters };
    return this.#held.filter((held) => held.usernameFragment === usernameFragment);
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
    const current = this.#current?.usernameFragment;
    const isCurrent = (usernameFragment ?? current) === current;
    if (!isCurrent && current) {
      const text = `start() did not name "${usernameFragment}".`;
      throw new FloeError('OperationError', 'other-generation', text);
    }
    // Only what was given as empty says that no more will come.
    const { candidate: given = '' } = init;
    if (removes || given !== '') checkCandidateLine(candidate.candidate);
    if (isCurrent) return candidate;
    this.#held = this.#held.filter((held) => held.candidate !== candidate.candidate);
    if (!removes) this.#held.splice(0, this.#held.push(candidate) - heldMax);
    return undefined;
  }
}
