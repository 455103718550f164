// A browser on a machine of the lab.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchChromium } from '../runner/chromium.mjs';
import { Firefox } from '../runner/firefox.mjs';

/// Chromium with `flags` besides those of the tests.
export function browserOn(lab, machine, flags = []) {
  const file = path.join(lab.folder, `chromium-${machine}`);
  const command = [...lab.inside(machine), '/usr/bin/chromium'].join(' ');
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return launchChromium({ executablePath: file, isInLab: true, flags });
}

export const firefoxOn = (lab, machine, preferences) =>
  Firefox.launch({ inside: lab.inside(machine), folder: lab.folder, preferences });
