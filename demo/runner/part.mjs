// A part of the demo that may end and be started again: the gateway, or the device.
const kMayStart = new Set(['killed', 'ended']);

export class Part {
  #launch;
  #tell;
  #processes = [];
  #state = 'ended';
  #words = 'was not started yet';
  #hasRun = false;

  /// `launch({started, onExit})` is one of services.mjs. `tell(text, isUnasked)` is called when the
  /// part has ended, or runs again.
  constructor(name, launch, tell) {
    this.name = name;
    this.#launch = launch;
    this.#tell = tell;
  }

  /// What the page shows; `state` is one of starting, running, killed, ended.
  get view() {
    return { state: this.#state, words: this.#words };
  }

  get isDown() {
    return kMayStart.has(this.#state);
  }

  /// Throws when the part does not come up in time; a device may come up later, when its gateway does.
  async start() {
    if (!this.isDown) throw new Error(`the ${this.name} is ${this.#state} already`);
    this.#become('starting', 'is starting');
    this.#processes = [];
    const started = this.#processes;
    try {
      const process = await this.#launch({ started, onExit: (error) => this.#end(error) });
      this.#run(process);
      return process;
    } catch (error) {
      const [process] = started;
      const runs = this.#state === 'starting' && process !== undefined;
      if (!this.isDown) this.#become(runs ? 'running' : 'ended', error.message);
      if (runs) process.onLine = () => this.#state === 'running' && this.#run(process);
      throw error;
    }
  }

  /// Ends the process as a crash would.
  async kill() {
    if (this.#state !== 'running') throw new Error(`the ${this.name} does not run`);
    const process = this.#processes.at(-1);
    this.#become('killed', `was killed, pid ${process.pid}`);
    await process.stop('SIGKILL');
    this.#tell(`the ${this.name} ${this.#words}`, false);
  }

  /// Ends the process in order, whatever its state.
  async stop() {
    await Promise.all(this.#processes.map((process) => process.stop()));
  }

  #run(process) {
    if (this.isDown) return;
    process.onLine = undefined;
    this.#become('running', `runs, pid ${process.pid}`);
    if (this.#hasRun) this.#tell(`the ${this.name} ${this.#words}`, false);
    this.#hasRun = true;
  }

  #end({ how }) {
    const wasRunning = this.#state === 'running';
    this.#become('ended', `ended: ${how}, pid ${this.#processes.at(-1)?.pid}`);
    if (wasRunning) this.#tell(`the ${this.name} ${this.#words}`, true);
  }

  #become(state, words) {
    this.#state = state;
    this.#words = words;
  }
}
