// A headless Firefox on a machine of a lab, driven over WebDriver BiDi. Playwright's driver for it uses
// commands that Firefox ESR does not know.
//
// It starts only by words that lead into a network namespace without a way out, because it would talk to
// its maker by itself. Its profile is new each time, and asks it not to, too.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { Bidi } from './bidi.mjs';
import { FirefoxPage } from './firefox_page.mjs';

const kProgram = '/usr/bin/firefox-esr';
const kStartSeconds = 60;
const kStopSeconds = 10;
const kListening = /WebDriver BiDi listening on ws:\/\/127\.0\.0\.1:(\d+)/;

/// No updates, telemetry, safe browsing, DNS over HTTPS, or questions whether there is an Internet. More
/// are the defaults of a browser that is driven: `remote.prefs.recommended`.
const kQuiet = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.region.network.url': '',
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.trr.mode': 5,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
};

const kEnvironment = {
  MOZ_CRASHREPORTER_DISABLE: '1',
  MOZ_REMOTE_SETTINGS_DEVTOOLS: '1', // else services.settings.server does not count
};

/// From here to that port of the machine's loopback: a program inside carries the bytes.
function carry(inside, port) {
  const code = `const socket = require('net').connect(${port}, '127.0.0.1');
    process.stdin.pipe(socket).pipe(process.stdout);`;
  const [program, ...args] = [...inside, process.execPath, '-e', code];
  const { stdin, stdout } = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  return Duplex.from({ writable: stdin, readable: stdout });
}

/// Whether `promise` settles within that time.
async function within(seconds, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1000, false)));
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}

export class Firefox {
  #child;
  #ended;
  #folder;
  #bidi;

  /// `inside` are words that run a command in a namespace, `folder` is for its profile.
  static async launch({ inside, folder, preferences = {} }) {
    if (inside.length === 0) throw new Error('Firefox runs only in a namespace without a way out');
    const self = new Firefox();
    self.#folder = mkdtempSync(path.join(folder, 'firefox-'));
    try {
      const port = await self.#start(inside, { ...kQuiet, ...preferences });
      const url = `ws://127.0.0.1:${port}/session`;
      self.#bidi = await Bidi.open(url, () => carry(inside, port));
    } catch (error) {
      await self.close();
      throw error;
    }
    return self;
  }

  get version() {
    return this.#bidi.capabilities.browserVersion;
  }

  async newPage() {
    const { context } = await this.#bidi.send('browsingContext.create', { type: 'tab' });
    return new FirefoxPage(this.#bidi, context);
  }

  async close() {
    const asked = this.#bidi?.send('browser.close', {}).catch(() => {});
    if (!asked || !(await within(kStopSeconds, this.#ended))) this.#child.kill('SIGKILL');
    await this.#ended;
    this.#bidi?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /// Resolves to the port where it listens.
  async #start(inside, preferences) {
    const lines = Object.entries(preferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    writeFileSync(path.join(this.#folder, 'user.js'), lines.join(''));
    const options = ['--headless', '--remote-debugging-port=0', '--profile', this.#folder];
    const [program, ...args] = [...inside, kProgram, ...options];
    const env = { ...process.env, ...kEnvironment, HOME: this.#folder };
    this.#child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
    const said = [];
    let port;
    const listens = new Promise((resolve) => {
      createInterface(this.#child.stderr).on('line', (line) => {
        said.push(line);
        port ??= kListening.exec(line)?.[1];
        if (port) resolve();
      });
      this.#child.once('error', (error) => resolve(said.push(error.message)));
      this.#child.once('close', resolve);
    });
    await within(kStartSeconds, listens);
    if (!port) throw new Error(`Firefox did not start: ${said.slice(-3).join('; ')}`);
    return Number(port);
  }
}
